/** Peers of different dialects reach one another: what each sends, and what the other is told. */
@NullMarked
package dev.parley.crossing;

import org.jspecify.annotations.NullMarked;
