package dev.parley.signal;

/**
 * Somebody who is there.
 *
 * @param address the id
 * @param dialect what the session that owns it speaks
 */
public record Peer(PeerAddress address, String dialect) {}
