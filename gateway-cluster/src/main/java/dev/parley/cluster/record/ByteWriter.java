package dev.parley.cluster.record;

import dev.parley.signal.Bytes;
import java.io.ByteArrayOutputStream;

/** Writes numbers, texts, and bytes in sequence; {@link ByteReader} reads them. */
final class ByteWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

  /** A number of so many bytes, big-endian. */
  ByteWriter number(long number, int size) {
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
      out.write((int) (number >>> shift));
    }
    return this;
  }

  /** Any text, char by char, since it may contain unpaired surrogates. */
  ByteWriter text(String text) {
    number(text.length(), 4);
    for (int i = 0; i < text.length(); i++) {
      number(text.charAt(i), 2);
    }
    return this;
  }

  ByteWriter bytes(Bytes bytes) {
    number(bytes.length(), 4);
    out.write(bytes.array(), bytes.offset(), bytes.length());
    return this;
  }

  byte[] all() {
    return out.toByteArray();
  }
}
