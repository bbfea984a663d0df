/**
 * Parley's PeerJS dialect beside the original server, npm package {@code peer}: the same steps on
 * both, and what their clients see compared.
 */
@NullMarked
package dev.parley.conformance.peerjs;

import org.jspecify.annotations.NullMarked;
