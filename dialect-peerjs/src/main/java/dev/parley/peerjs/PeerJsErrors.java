package dev.parley.peerjs;

import dev.parley.identity.Denial;

/** The error messages of this dialect: PeerServer's own, and ours in the same manner. */
final class PeerJsErrors {

  static final PeerJsServerMessage MISSING_PARAMETER =
      new PeerJsServerMessage.Failure("No id, token, or key supplied to websocket server");
  static final PeerJsServerMessage INVALID_KEY =
      new PeerJsServerMessage.Failure("Invalid key provided");
  static final PeerJsServerMessage ID_NOT_ALLOWED =
      new PeerJsServerMessage.Failure("You may not use this id");
  static final PeerJsServerMessage LIMIT_REACHED =
      new PeerJsServerMessage.Failure("Server has reached its concurrent user limit");
  static final PeerJsServerMessage UNAVAILABLE =
      new PeerJsServerMessage.Failure(
          "The server cannot register ids at the moment, try again later");

  private PeerJsErrors() {}

  static PeerJsServerMessage denied(Denial denial) {
    return new PeerJsServerMessage.Failure("Access denied: " + denial.text());
  }

  static PeerJsServerMessage invalidId(String objection) {
    return new PeerJsServerMessage.Failure("Invalid id: " + objection);
  }
}
