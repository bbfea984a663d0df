/**
 * A node's view of its own sessions: the ids they own, the peers they watch, and whether a signal
 * between two of them is delivered locally. Knows nothing of Redis.
 */
@NullMarked
package dev.parley.cluster.registry;

import org.jspecify.annotations.NullMarked;
