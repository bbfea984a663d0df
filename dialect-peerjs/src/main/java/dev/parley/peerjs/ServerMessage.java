package dev.parley.peerjs;

/**
 * What a client is told by the server itself; what other clients say is relayed as {@link
 * dev.parley.signal.Signal}.
 */
sealed interface ServerMessage {

  /** The id is the client's. */
  record Open() implements ServerMessage {}

  /** Somebody else has the id. */
  record IdTaken() implements ServerMessage {}

  /** Something is wrong. */
  record Failure(String message) implements ServerMessage {}

  /** What {@code to} sent reached nobody called {@code absent}. */
  record Expire(String absent, String to) implements ServerMessage {}
}
