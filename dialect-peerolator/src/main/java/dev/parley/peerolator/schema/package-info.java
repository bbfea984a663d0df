/** Checks messages of applications against their JSON schemas. */
@NullMarked
package dev.parley.peerolator.schema;

import org.jspecify.annotations.NullMarked;
