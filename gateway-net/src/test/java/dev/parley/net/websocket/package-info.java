/** Tests of what is beside them in main. */
@NullMarked
package dev.parley.net.websocket;

import org.jspecify.annotations.NullMarked;
