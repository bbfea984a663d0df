/**
 * Connections to a Redis, alone, with Sentinels or as a cluster: opened, probed, bounded, and what
 * their errors mean for people; and the publish/subscribe channels of dialects.
 */
@NullMarked
package dev.parley.cluster.redis;

import org.jspecify.annotations.NullMarked;
