/** Tests of what is beside them in main. */
@NullMarked
package dev.parley.net.limits;

import org.jspecify.annotations.NullMarked;
