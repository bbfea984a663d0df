package dev.parley.json;

/**
 * A message is not JSON (RFC 8259), or nested too deeply. An error of its sender, which is
 * notified, and no defect. Any message may cause it, so it has no stack trace.
 */
public final class MalformedJsonException extends Exception {

  private static final long serialVersionUID = 1;

  MalformedJsonException(String expected, int at) {
    super(expected + " at byte " + at, null, false, false);
  }
}
