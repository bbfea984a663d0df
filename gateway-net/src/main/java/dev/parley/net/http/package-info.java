/**
 * What is read of a request, paths and queries, and how a connection is closed that serves no
 * WebSocket.
 */
@NullMarked
package dev.parley.net.http;

import org.jspecify.annotations.NullMarked;
