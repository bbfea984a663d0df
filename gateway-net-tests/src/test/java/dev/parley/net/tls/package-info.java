/** Tests of what is beside them in main. */
@NullMarked
package dev.parley.net.tls;

import org.jspecify.annotations.NullMarked;
