/** The contract that every hub is held to. */
@NullMarked
package dev.parley.testkit.hub;

import org.jspecify.annotations.NullMarked;
