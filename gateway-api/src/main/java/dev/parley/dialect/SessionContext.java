package dev.parley.dialect;

/**
 * What a session works with. Everything here is for the session's own event loop only.
 *
 * @param connection the way to the client
 * @param switchboard the way to other peers
 */
public record SessionContext(Connection connection, Switchboard switchboard) {}
