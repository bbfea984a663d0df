/** The codec of WebSocket frames: bytes in, messages out, and back. Knows no socket. */
@NullMarked
package dev.parley.net.frame;

import org.jspecify.annotations.NullMarked;
