/** How dialects parse JSON: as a stream, and without copying what they forward. */
@NullMarked
package dev.parley.json;

import org.jspecify.annotations.NullMarked;
