/** Tests of schemas. */
@NullMarked
package dev.parley.peerolator.schema;

import org.jspecify.annotations.NullMarked;
