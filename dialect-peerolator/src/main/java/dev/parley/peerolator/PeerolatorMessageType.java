package dev.parley.peerolator;

import dev.parley.signal.SignalKind;

/** The types of messages with a meaning to the relay; all others are of the applications. */
enum PeerolatorMessageType {
  OFFER(SignalKind.OFFER),
  ANSWER(SignalKind.ANSWER),
  CANDIDATE(SignalKind.CANDIDATE),
  BYE(SignalKind.BYE),
  RENEGOTIATE(SignalKind.CUSTOM),
  /** The peer declines the offer of another one. */
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

  /** The kind of its signals. */
  SignalKind kind() {
    return kind;
  }

  /** Whether its sender waits for a reaction, so that a failed delivery is reported. */
  boolean isRequest() {
    return switch (this) {
      case OFFER, ANSWER, RENEGOTIATE -> true;
      case CANDIDATE, BYE, UNAVAILABLE, OTHER -> false;
    };
  }

  /** Whether it belongs to a conversation that exists. */
  boolean belongsToConversation() {
    return switch (this) {
      case ANSWER, CANDIDATE, BYE, RENEGOTIATE, UNAVAILABLE -> true;
      case OFFER, OTHER -> false;
    };
  }
}
