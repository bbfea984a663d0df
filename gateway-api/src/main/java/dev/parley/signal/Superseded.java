package dev.parley.signal;

/** Another session has taken this session's id over with the same token. */
public record Superseded(PeerAddress address) implements Delivery {}
