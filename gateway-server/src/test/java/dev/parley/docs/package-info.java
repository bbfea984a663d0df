/**
 * Tests of the documentation: its example works, its code is that example's, its links and names
 * exist.
 */
@NullMarked
package dev.parley.docs;

import org.jspecify.annotations.NullMarked;
