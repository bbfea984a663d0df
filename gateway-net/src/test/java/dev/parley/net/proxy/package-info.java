/** Tests of what is beside them in main. */
@NullMarked
package dev.parley.net.proxy;

import org.jspecify.annotations.NullMarked;
