package dev.parley.net.http;

import java.nio.charset.StandardCharsets;

/**
 * Decodes parts of a request target by the WHATWG's URL standard, without errors: a {@code %}
 * without two hexadecimal digits stays as it is, and invalid UTF-8 becomes U+FFFD.
 */
public final class PercentEncoding {

  private static final int HEX = 16;
  private static final int DIGITS = 2;

  /** The first byte of an encoded surrogate, among others. */
  private static final byte BEFORE_SURROGATE = (byte) 0xED;

  private static final int FIRST_OF_SURROGATE = 0xA0;
  private static final int LAST_CONTINUATION = 0xBF;

  private PercentEncoding() {}

  /**
   * Decodes {@code text}.
   *
   * @param text one character a byte, as received
   */
  public static String decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      int value = bytes[i] == '%' ? valueOf(bytes, i + 1) : -1;
      if (value < 0) {
        bytes[length++] = bytes[i];
      } else {
        bytes[length++] = (byte) value;
        i += DIGITS;
      }
    }
    return utf8(bytes, length);
  }

  /** The value of the two hexadecimal digits at {@code at}; negative if malformed. */
  private static int valueOf(byte[] bytes, int at) {
    if (at + DIGITS > bytes.length) {
      return -1;
    }
    int high = Character.digit(bytes[at], HEX);
    int low = Character.digit(bytes[at + 1], HEX);
    return high < 0 || low < 0 ? -1 : high * HEX + low;
  }

  /**
   * Decodes with U+FFFD for malformed sequences. The JDK takes an encoded surrogate for one
   * malformed sequence, browsers for three; a byte that is never valid makes the JDK count like
   * browsers.
   */
  private static String utf8(byte[] bytes, int length) {
    for (int i = 0; i + 1 < length; i++) {
      int next = bytes[i + 1] & 0xFF;
      if (bytes[i] == BEFORE_SURROGATE && next >= FIRST_OF_SURROGATE && next <= LAST_CONTINUATION) {
        bytes[i] = (byte) 0xFF;
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
