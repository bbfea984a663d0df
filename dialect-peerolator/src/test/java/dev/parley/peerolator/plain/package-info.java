/** A dialect whose messages are just contents: the other side of crossings in tests. */
@NullMarked
package dev.parley.peerolator.plain;

import org.jspecify.annotations.NullMarked;
