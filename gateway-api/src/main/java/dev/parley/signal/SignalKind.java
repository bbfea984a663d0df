package dev.parley.signal;

/** The kind of a signal in WebRTC, as far as routing, metrics, and translation need it. */
public enum SignalKind {
  OFFER,
  ANSWER,
  CANDIDATE,
  END_OF_CANDIDATES,
  /** The sender ends the conversation. */
  BYE,
  /** Any other message between peers of one dialect. */
  CUSTOM
}
