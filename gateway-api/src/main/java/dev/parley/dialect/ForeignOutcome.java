package dev.parley.dialect;

/** The outcome of a signal of another dialect at the receiving session. */
public enum ForeignOutcome {
  /** The client has got it, or will; from here on the session is responsible for it. */
  TAKEN,
  /**
   * Waits in the session for what it needs first, such as a candidate for its description. The
   * session counts it when it sends it ({@link Switchboard#delivered}) or gives it up ({@link
   * Switchboard#drop}).
   */
  HELD,
  /**
   * Not sent to the client, without harm: its dialect has no word for it, and the sender does not
   * wait for a reaction. Counted.
   */
  DROPPED,
  /** Cannot be expressed in this dialect; refused to its sender. */
  UNTRANSLATABLE,
  /** Not for this client, or not now; refused to its sender. */
  REJECTED
}
