/** Holds the modules to the rules of the design: allowed dependencies. */
@NullMarked
package dev.parley.architecture;

import org.jspecify.annotations.NullMarked;
