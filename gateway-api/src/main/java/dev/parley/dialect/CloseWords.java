package dev.parley.dialect;

import java.nio.charset.StandardCharsets;

/**
 * A dialect's close code and text of a WebSocket close frame.
 *
 * @param code the close code, or {@link #WITHOUT_CODE}
 * @param text the reason, at most {@link #MAX_TEXT} bytes of UTF-8; empty without a code
 */
public record CloseWords(int code, String text) {

  /** The most bytes of UTF-8 in the text (RFC 6455, section 5.5). */
  public static final int MAX_TEXT = 123;

  /** Stands for a close frame without a code: the client sees 1005. */
  public static final int WITHOUT_CODE = 1005;

  /** A close frame without code and text. */
  public static final CloseWords SILENT = new CloseWords(WITHOUT_CODE, "");

  public CloseWords {
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT) {
      throw new IllegalArgumentException("too long for a close frame: " + text);
    }
  }

  /** A copy with another text, if the code allows a text. */
  public CloseWords saying(String other) {
    return code == WITHOUT_CODE ? this : new CloseWords(code, other);
  }

  /** The default code and text for {@code reason}. */
  public static CloseWords of(CloseReason reason) {
    return new CloseWords(reason.code(), reason.text());
  }
}
