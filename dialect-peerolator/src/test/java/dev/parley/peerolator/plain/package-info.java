/** A dialect that says and is told just what contents are: the other side of crossings in tests. */
@NullMarked
package dev.parley.peerolator.plain;

import org.jspecify.annotations.NullMarked;
