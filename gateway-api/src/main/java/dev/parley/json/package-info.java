/** How dialects read JSON off the wire: as a stream, and without copying what they pass on. */
@NullMarked
package dev.parley.json;

import org.jspecify.annotations.NullMarked;
