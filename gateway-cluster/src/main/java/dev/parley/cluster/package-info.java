/**
 * All connections to Redis: the hub of a cluster, and the publish/subscribe channels that dialects
 * share with other servers.
 */
@NullMarked
package dev.parley.cluster;

import org.jspecify.annotations.NullMarked;
