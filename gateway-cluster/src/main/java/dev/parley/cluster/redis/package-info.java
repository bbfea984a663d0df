/**
 * Connections to a Redis, alone, with Sentinels or as a cluster: opened, probed, bounded, and what
 * their errors mean for people; and the publish/subscribe channels of dialects.
 *
 * <p>Many classes, because each way in which a Redis can fail has one.
 */
@NullMarked
package dev.parley.cluster.redis;

import org.jspecify.annotations.NullMarked;
