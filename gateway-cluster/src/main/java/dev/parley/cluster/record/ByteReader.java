package dev.parley.cluster.record;

import dev.parley.signal.Bytes;
import java.util.Objects;

/**
 * Reads what a {@link ByteWriter} has written. Reading beyond the end throws an
 * IndexOutOfBoundsException.
 */
final class ByteReader {

  private final byte[] bytes;
  private int at;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  long number(int size) {
    long number = 0;
    for (int i = 0; i < size; i++) {
      number = number << 8 | Byte.toUnsignedLong(bytes[at++]);
    }
    return number;
  }

  String text() {
    int length = length(2);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) number(2));
    }
    return text.toString();
  }

  /** A view of the array. */
  Bytes bytes() {
    int length = length(1);
    Bytes view = new Bytes(bytes, at, length);
    at += length;
    return view;
  }

  private int length(int sizeOfEach) {
    long length = number(4);
    Objects.checkFromIndexSize((long) at, length * sizeOfEach, bytes.length);
    return (int) length;
  }
}
