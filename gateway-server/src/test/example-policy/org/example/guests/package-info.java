/** A policy that admits the guests of a list. */
@org.jspecify.annotations.NullMarked
package org.example.guests;
