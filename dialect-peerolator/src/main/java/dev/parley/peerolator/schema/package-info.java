/** Whether applications' messages are what their schemas say. */
@NullMarked
package dev.parley.peerolator.schema;

import org.jspecify.annotations.NullMarked;
