package dev.parley.signal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A read-only view of a part of an array: a payload travels as such from the inbound frame to the
 * outbound one, without a copy in between. The array must not be written to once a view of it
 * exists.
 *
 * @param array the bytes, shared, never written to
 * @param offset where the view begins
 * @param length its length in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString below read the bytes
public record Bytes(byte[] array, int offset, int length) {

  /** An empty view. */
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  public Bytes {
    if (offset < 0 || length < 0 || offset > array.length - length) {
      throw new IndexOutOfBoundsException(
          "offset " + offset + ", length " + length + " of " + array.length);
    }
  }

  /** All of {@code array}. */
  public static Bytes of(byte[] array) {
    return new Bytes(array, 0, array.length);
  }

  /** The UTF-8 encoding of {@code text}. */
  public static Bytes utf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The bytes from {@code from} (inclusive) to {@code to} (exclusive), both relative to this view.
   */
  public Bytes slice(int from, int to) {
    return new Bytes(array, offset + from, to - from);
  }

  /** Whether the view covers its whole array. */
  public boolean isDetached() {
    return length == array.length;
  }

  /**
   * A copy for keeping, unless the view covers its whole array: a few bytes must not retain a big
   * message in memory.
   */
  public Bytes detached() {
    return isDetached()
        ? this
        : of(Arrays.copyOfRange(array, offset, offset + length));
  }

  /** The byte at {@code index}, relative to this view. */
  public byte at(int index) {
    return array[offset + index];
  }

  /** The bytes decoded as UTF-8. */
  public String text() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(array, offset, offset + length, that.array, that.offset,
            that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + array[offset + i];
    }
    return hash;
  }

  /** The length only: payloads contain addresses and credentials that must not reach a log. */
  @Override
  public String toString() {
    return length + " bytes";
  }
}
