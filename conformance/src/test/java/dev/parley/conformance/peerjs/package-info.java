/**
 * Parley's PeerJS dialect beside the original server, npm package {@code peer}: the same steps on
 * both, with a comparison of the messages to their clients.
 */
@NullMarked
package dev.parley.conformance.peerjs;

import org.jspecify.annotations.NullMarked;
