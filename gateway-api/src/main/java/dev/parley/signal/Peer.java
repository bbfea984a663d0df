package dev.parley.signal;

/**
 * A peer that is connected.
 *
 * @param address the id
 * @param dialect the dialect of the session that owns it
 */
public record Peer(PeerAddress address, String dialect) {}
