/** A dialect in which every signal has a number, so that what became of it can be told. */
@NullMarked
package dev.parley.tally;

import org.jspecify.annotations.NullMarked;
