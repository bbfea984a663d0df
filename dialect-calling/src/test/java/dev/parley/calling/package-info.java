/** The calling dialect: its messages, and what its clients see. */
@NullMarked
package dev.parley.calling;

import org.jspecify.annotations.NullMarked;
