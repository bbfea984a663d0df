package dev.parley.policies.jwt;

import java.io.Serial;

/** The keys of an issuer could not be fetched; the message says why, in words for a log. */
final class IssuerException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  IssuerException(String why) {
    super(why);
  }
}
