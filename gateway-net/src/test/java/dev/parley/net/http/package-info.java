/** Tests of what is beside them in main. */
@NullMarked
package dev.parley.net.http;

import org.jspecify.annotations.NullMarked;
