/**
 * What talks to Redis, and the only place that does: connections, and the publish/subscribe
 * channels that dialects share with other servers.
 */
@NullMarked
package dev.parley.cluster;

import org.jspecify.annotations.NullMarked;
