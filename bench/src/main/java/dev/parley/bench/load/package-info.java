/** The load generator: pairs of clients that exchange signals and count what went wrong. */
@NullMarked
package dev.parley.bench.load;

import org.jspecify.annotations.NullMarked;
