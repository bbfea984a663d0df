/** A dialect in which every signal has a number, so that its outcome can be counted. */
@NullMarked
package dev.parley.tally;

import org.jspecify.annotations.NullMarked;
