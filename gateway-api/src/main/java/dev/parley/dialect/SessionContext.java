package dev.parley.dialect;

/**
 * The collaborators of a session. Confined to the session's own event loop.
 *
 * @param connection the connection to the client
 * @param switchboard the access to other peers
 */
public record SessionContext(Connection connection, Switchboard switchboard) {}
