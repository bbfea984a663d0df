package dev.parley.signal;

/** What a signal means to WebRTC, as far as routing, counting and translation need to know. */
public enum SignalKind {
  OFFER,
  ANSWER,
  CANDIDATE,
  END_OF_CANDIDATES,
  /** The sender ends the conversation. */
  BYE,
  /** Anything else that peers of one dialect say to one another. */
  CUSTOM
}
