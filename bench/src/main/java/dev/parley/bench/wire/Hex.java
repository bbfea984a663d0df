package dev.parley.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers as hexadecimal digits of fixed width, written and read in place. */
final class Hex {

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VALUES = new byte[256];

  static {
    Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < DIGITS.length; i++) {
      VALUES[DIGITS[i]] = (byte) i;
    }
  }

  private Hex() {}

  /** Writes the last {@code digits} digits of {@code value}. */
  static void write(byte[] to, int at, int digits, long value) {
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      to[i] = DIGITS[(int) rest & 0xF];
      rest >>>= 4;
    }
  }

  /**
   * The number at a place; one that is wrong in any case (see {@link #areDigits}) if it is none.
   */
  static long read(byte[] from, int at, int digits) {
    long value = 0;
    for (int i = at; i < at + digits; i++) {
      value = (value << 4) | (VALUES[from[i] & 0xFF] & 0xF);
    }
    return value;
  }

  /** Whether there are nothing but digits. */
  static boolean areDigits(byte[] from, int at, int digits) {
    for (int i = at; i < at + digits; i++) {
      if (VALUES[from[i] & 0xFF] < 0) {
        return false;
      }
    }
    return true;
  }
}
