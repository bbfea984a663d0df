package dev.parley.peerolator;

import dev.parley.signal.SignalKind;

/** The types of messages that mean something here; all others are the applications' own. */
enum PeerolatorMessageType {
  OFFER(SignalKind.OFFER),
  ANSWER(SignalKind.ANSWER),
  CANDIDATE(SignalKind.CANDIDATE),
  BYE(SignalKind.BYE),
  RENEGOTIATE(SignalKind.CUSTOM),
  /** The peer does not want, or cannot have, what another one offers. */
  UNAVAILABLE(SignalKind.CUSTOM),
  OTHER(SignalKind.CUSTOM);

  private final SignalKind kind;

  PeerolatorMessageType(SignalKind kind) {
    this.kind = kind;
  }

  static PeerolatorMessageType of(String type) {
    return switch (type) {
      case "OFFER" -> OFFER;
      case "ANSWER" -> ANSWER;
      case "CANDIDATE" -> CANDIDATE;
      case "BYE" -> BYE;
      case "RENEGOTIATE" -> RENEGOTIATE;
      case "UNAVAILABLE" -> UNAVAILABLE;
      default -> OTHER;
    };
  }

  /** What it means to routing. */
  SignalKind kind() {
    return kind;
  }

  /** Whether its sender waits for something, and is told if it reaches nobody. */
  boolean isRequest() {
    return switch (this) {
      case OFFER, ANSWER, RENEGOTIATE -> true;
      case CANDIDATE, BYE, UNAVAILABLE, OTHER -> false;
    };
  }

  /** Whether it goes on with a conversation that there is. */
  boolean belongsToConversation() {
    return switch (this) {
      case ANSWER, CANDIDATE, BYE, RENEGOTIATE, UNAVAILABLE -> true;
      case OFFER, OTHER -> false;
    };
  }
}
