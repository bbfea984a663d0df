/**
 * The real {@code peerjs} library in real browsers, talking through a server: what its users see
 * must be what the library promises.
 */
@NullMarked
package dev.parley.conformance.browser;

import org.jspecify.annotations.NullMarked;
