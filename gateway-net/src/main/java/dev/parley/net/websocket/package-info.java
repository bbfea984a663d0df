/**
 * A WebSocket from its upgrade to its close, on its event loop.
 *
 * <p>Many classes, because a connection, its output and the work of its loop know each other.
 */
@NullMarked
package dev.parley.net.websocket;

import org.jspecify.annotations.NullMarked;
