package dev.parley.signal;

import java.util.Optional;

/**
 * What the gateway reads off a session description (RFC 8866); it never has to understand the rest.
 *
 * @param text the description
 */
public record Sdp(String text) {

  /**
   * What {@code o=} calls the session. It stays the same when a connection is negotiated anew, so
   * it tells a changed offer from one for another connection.
   */
  public Optional<String> sessionId() {
    int from = lineStart("o=");
    if (from < 0) {
      return Optional.empty();
    }
    String[] origin = text.substring(from + 2, lineEnd(from)).split(" ", 3);
    return origin.length == 3 ? Optional.of(origin[1]) : Optional.empty();
  }

  /** Whether there is audio or video in it. */
  public Media media() {
    return lineStart("m=audio") >= 0 || lineStart("m=video") >= 0 ? Media.MEDIA : Media.DATA;
  }

  private int lineStart(String beginning) {
    if (text.startsWith(beginning)) {
      return 0;
    }
    int at = text.indexOf("\n" + beginning);
    return at < 0 ? -1 : at + 1;
  }

  private int lineEnd(int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\r' && text.charAt(end) != '\n') {
      end++;
    }
    return end;
  }

  /** Says how long it is, never what is in it: it holds addresses and credentials. */
  @Override
  public String toString() {
    return "Sdp[" + text.length() + " characters]";
  }
}
