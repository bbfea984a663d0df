package dev.parley.peerjs;

/**
 * What a client is told by the server itself; what other clients say is relayed as {@link
 * dev.parley.signal.Signal}.
 */
sealed interface PeerJsServerMessage {

  /** The id is the client's. */
  record Open() implements PeerJsServerMessage {}

  /** Somebody else has the id. */
  record IdTaken() implements PeerJsServerMessage {}

  /** Something is wrong. */
  record Failure(String message) implements PeerJsServerMessage {}

  /** What {@code to} sent reached nobody called {@code absent}. */
  record Expire(String absent, String to) implements PeerJsServerMessage {}
}
