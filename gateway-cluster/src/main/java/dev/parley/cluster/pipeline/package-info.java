/**
 * Commands of this node to Redis: one numbered batch in flight, replayed unchanged after any
 * failure.
 */
@NullMarked
package dev.parley.cluster.pipeline;

import org.jspecify.annotations.NullMarked;
