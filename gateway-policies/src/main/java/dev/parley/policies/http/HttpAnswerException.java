package dev.parley.policies.http;

import java.io.Serial;

/** The application has answered with something else than an answer; the message is for a log. */
final class HttpAnswerException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  HttpAnswerException(String why) {
    super(why);
  }
}
