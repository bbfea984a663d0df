package dev.parley.policies.support;

import java.io.Serial;

/** A call of a web service has not ended with an answer. */
public final class WebCallException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Cause cause;

  /** What has happened. */
  public enum Cause {
    /** No connection, or one that ended early. */
    UNREACHABLE,
    /** No whole answer in time. */
    SLOW,
    /** More bytes than allowed. */
    TOO_LARGE,
    /** Too many calls wait for a connection. */
    BUSY
  }

  WebCallException(Cause cause, String text) {
    super(text);
    this.cause = cause;
  }

  /** What has happened, as a kind. */
  public Cause kind() {
    return cause;
  }
}
