package dev.parley.json;

/**
 * A message is not JSON (RFC 8259), or nested too deeply. Whoever sent it is to be told; it is no
 * defect, and may happen with every message, so it has no stack trace.
 */
public final class MalformedJsonException extends Exception {

  private static final long serialVersionUID = 1;

  MalformedJsonException(String expected, int at) {
    super(expected + " at byte " + at, null, false, false);
  }
}
