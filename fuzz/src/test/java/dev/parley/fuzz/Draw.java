package dev.parley.fuzz;

import dev.parley.signal.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Derives values from an input, so that mutations of a fuzzer change them. Zeros when it is empty.
 */
public final class Draw {

  private final byte[] input;
  private int at;

  public Draw(byte[] input) {
    this.input = input;
  }

  /** Whether input is left. */
  public boolean hasMore() {
    return at < input.length;
  }

  /** One byte. */
  public int octet() {
    return hasMore() ? Byte.toUnsignedInt(input[at++]) : 0;
  }

  /** From 0 to {@code bound}, without it. */
  public int below(int bound) {
    int value = octet();
    return (bound > 256 ? value << 8 | octet() : value) % bound;
  }

  public boolean truth() {
    return (octet() & 1) == 1;
  }

  public long number() {
    long number = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      number = number << 8 | octet();
    }
    return number;
  }

  /** Bytes, at most 255 of them. */
  public byte[] bytes() {
    return next(octet());
  }

  /** Any text; characters beyond ASCII, halves of surrogate pairs among them, are frequent. */
  public String text() {
    byte[] drawn = next(octet() & 0x3F);
    StringBuilder text = new StringBuilder(drawn.length);
    for (int i = 0; i < drawn.length; i++) {
      int value = Byte.toUnsignedInt(drawn[i]);
      boolean wide = value >= 0x80 && i + 1 < drawn.length;
      text.append((char) (wide ? value << 8 | Byte.toUnsignedInt(drawn[++i]) : value));
    }
    return text.toString();
  }

  /** Text that UTF-8 has bytes for. */
  public String wellFormed() {
    return new String(text().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** A JSON value. */
  public Bytes json() {
    return Bytes.utf8(switch (below(4)) {
      case 0 -> "null";
      case 1 -> Long.toString(number());
      case 2 -> "{\"a\":[" + octet() + "]}";
      default -> "\"x\"";
    });
  }

  /** All that is left. */
  public byte[] rest() {
    return next(input.length - at);
  }

  private byte[] next(int length) {
    int end = Math.min(input.length, at + length);
    byte[] next = Arrays.copyOfRange(input, at, end);
    at = end;
    return next;
  }
}
