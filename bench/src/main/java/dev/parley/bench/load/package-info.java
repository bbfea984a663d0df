/** The load generator: pairs of clients that exchange signals and count faults. */
@NullMarked
package dev.parley.bench.load;

import org.jspecify.annotations.NullMarked;
