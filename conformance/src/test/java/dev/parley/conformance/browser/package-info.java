/**
 * The real {@code peerjs} and {@code simple-peer} libraries in a real browser, talking through a
 * server: the behaviour for users must be as documented by the libraries, whatever the other side
 * uses.
 */
@NullMarked
package dev.parley.conformance.browser;

import org.jspecify.annotations.NullMarked;
