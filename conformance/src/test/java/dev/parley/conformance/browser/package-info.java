/**
 * The real {@code peerjs} and {@code simple-peer} libraries in a real browser, talking through a
 * server: what their users see must be what the libraries promise, whatever the other side is made
 * with.
 */
@NullMarked
package dev.parley.conformance.browser;

import org.jspecify.annotations.NullMarked;
