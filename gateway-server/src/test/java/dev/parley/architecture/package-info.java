/** Holds the modules to the rules of the design: who may know whom. */
@NullMarked
package dev.parley.architecture;

import org.jspecify.annotations.NullMarked;
