package dev.parley.dialect;

import java.nio.charset.StandardCharsets;

/**
 * How a dialect closes a WebSocket: the code and text of the close frame.
 *
 * @param code the close code, or {@link #WITHOUT_CODE}
 * @param text the reason, at most {@link #LONGEST_TEXT} bytes of UTF-8; empty without a code
 */
public record CloseWords(int code, String text) {

  /** How long the text may be, in bytes of UTF-8 (RFC 6455, section 5.5). */
  public static final int LONGEST_TEXT = 123;

  /** The code of a close frame that carries none: the client sees 1005. */
  public static final int WITHOUT_CODE = 1005;

  /** A close frame without code and text. */
  public static final CloseWords SILENT = new CloseWords(WITHOUT_CODE, "");

  public CloseWords {
    if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT) {
      throw new IllegalArgumentException("too long for a close frame: " + text);
    }
  }

  /** These words with another text, where there is a code that it can go with. */
  public CloseWords saying(String other) {
    return code == WITHOUT_CODE ? this : new CloseWords(code, other);
  }

  /** The core's own words for {@code reason}. */
  public static CloseWords of(CloseReason reason) {
    return new CloseWords(reason.code(), reason.text());
  }
}
