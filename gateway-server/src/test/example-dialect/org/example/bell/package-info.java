/** Bell: whoever has said hello can ring another one. An example of a dialect. */
@NullMarked
package org.example.bell;

import org.jspecify.annotations.NullMarked;
