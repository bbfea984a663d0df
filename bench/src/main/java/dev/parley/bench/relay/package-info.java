/** Relays that only forward: the limit of this stack. */
@NullMarked
package dev.parley.bench.relay;

import org.jspecify.annotations.NullMarked;
