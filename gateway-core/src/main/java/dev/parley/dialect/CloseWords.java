package dev.parley.dialect;

/**
 * How a dialect closes a WebSocket: the code and text of the close frame.
 *
 * @param code the close code, or {@link #WITHOUT_CODE}
 * @param text the reason, at most 123 bytes of UTF-8; empty without a code
 */
public record CloseWords(int code, String text) {

  /** The code of a close frame that carries none: the client sees 1005. */
  public static final int WITHOUT_CODE = 1005;

  /** A close frame without code and text. */
  public static final CloseWords SILENT = new CloseWords(WITHOUT_CODE, "");

  /** The core's own words for {@code reason}. */
  public static CloseWords of(CloseReason reason) {
    return new CloseWords(reason.code(), reason.text());
  }
}
