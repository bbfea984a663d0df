/**
 * The PeerJS dialect under test: its codec by itself, and the gateway around it over real sockets.
 */
@NullMarked
package dev.parley.peerjs;

import org.jspecify.annotations.NullMarked;
