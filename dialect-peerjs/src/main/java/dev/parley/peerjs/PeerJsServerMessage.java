package dev.parley.peerjs;

/**
 * What the server itself sends to a client; what other clients send is relayed as {@link
 * dev.parley.signal.Signal}.
 */
sealed interface PeerJsServerMessage {

  /** The id is the client's. */
  record Open() implements PeerJsServerMessage {}

  /** Another client has the id. */
  record IdTaken() implements PeerJsServerMessage {}

  /** A fatal error, see {@link PeerJsErrors}. */
  record Failure(String message) implements PeerJsServerMessage {}

  /** A message of {@code to} was not delivered to {@code absent}. */
  record Expire(String absent, String to) implements PeerJsServerMessage {}
}
