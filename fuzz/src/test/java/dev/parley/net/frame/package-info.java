/** Tests of what is beside them in main. */
@NullMarked
package dev.parley.net.frame;

import org.jspecify.annotations.NullMarked;
