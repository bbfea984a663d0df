/** Relays that do nothing but forward: how far this stack can go. */
@NullMarked
package dev.parley.bench.relay;

import org.jspecify.annotations.NullMarked;
