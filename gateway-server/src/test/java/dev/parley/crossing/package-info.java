/** Calls between peers of different dialects: the messages that each side sends and receives. */
@NullMarked
package dev.parley.crossing;

import org.jspecify.annotations.NullMarked;
