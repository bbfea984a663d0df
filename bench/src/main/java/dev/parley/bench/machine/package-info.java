/** Processes, the cores they run on, and what the operating system says of both. Linux. */
@NullMarked
package dev.parley.bench.machine;

import org.jspecify.annotations.NullMarked;
