/** What is done with each server, and in which order. */
@NullMarked
package dev.parley.bench.run;

import org.jspecify.annotations.NullMarked;
