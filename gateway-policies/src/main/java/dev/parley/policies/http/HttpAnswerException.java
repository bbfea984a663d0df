package dev.parley.policies.http;

import java.io.Serial;

/** The application has answered with something else than an answer; the message is for a log. */
final class HttpAnswerException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final boolean broken;

  /** A response that is no answer. */
  HttpAnswerException(String why) {
    this(why, false);
  }

  /**
   * @param broken whether the application says itself that it cannot answer now
   */
  HttpAnswerException(String why, boolean broken) {
    super(why);
    this.broken = broken;
  }

  boolean isBroken() {
    return broken;
  }
}
