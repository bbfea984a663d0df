package dev.parley.dialect;

/** What became of a signal that a session was given in another dialect. */
public enum Reception {
  /** The client has been told, or will be; from here on the session answers for it. */
  TAKEN,
  /**
   * It waits in the session for what it needs first, such as a candidate for its description. The
   * session counts it when it says it ({@link Switchboard#delivered}) or gives it up ({@link
   * Switchboard#drop}).
   */
  HELD,
  /**
   * The client was not told, and nobody misses it: its dialect has no word for it, and the sender
   * does not wait for anything. Counted.
   */
  DROPPED,
  /** It cannot be said in this dialect; the sender is told. */
  UNTRANSLATABLE,
  /** It is not for this client, or must not reach it now; the sender is told. */
  REJECTED
}
