package dev.parley.bench.attack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Bytes that are written at once.
 *
 * @param bytes as they go over the wire; not altered
 * @param frames how many WebSocket frames they are
 */
@SuppressWarnings("ArrayRecordComponent") // written, and never compared
record Burst(byte[] bytes, int frames) {

  private static final int FINAL = 0x80;
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int PING = 9;
  private static final int PONG = 10;

  private static final int MASKED = 0x80;
  private static final int MASK_BYTES = 4;
  private static final byte[] MASK = {0x37, 0x51, 0x2B, 0x6D};
  private static final int LONGEST_SHORT = 125;
  private static final int LENGTH_IN_2 = 126;
  private static final int LENGTH_IN_8 = 127;
  private static final int LONGEST_IN_2 = 0xFFFF;

  /** Bytes that are no frame. */
  static Burst raw(String bytes) {
    return new Burst(bytes.getBytes(StandardCharsets.US_ASCII), 0);
  }

  /** A message of ASCII in one frame. */
  static Burst text(String message) {
    return frame(FINAL | TEXT, message);
  }

  /** The first part of a message of ASCII. */
  static Burst firstFragment(String part) {
    return frame(TEXT, part);
  }

  /** A part of a message that is neither the first nor the last one. */
  static Burst fragment(String part) {
    return frame(CONTINUATION, part);
  }

  /** The last part of a message. */
  static Burst lastFragment(String part) {
    return frame(FINAL | CONTINUATION, part);
  }

  static Burst ping() {
    return frame(FINAL | PING, "");
  }

  static Burst pong() {
    return frame(FINAL | PONG, "");
  }

  private static Burst frame(int first, String text) {
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    var out = new ByteArrayOutputStream(payload.length + 14);
    out.write(first);
    if (payload.length <= LONGEST_SHORT) {
      out.write(MASKED | payload.length);
    } else if (payload.length <= LONGEST_IN_2) {
      out.write(MASKED | LENGTH_IN_2);
      out.write(payload.length >>> 8);
      out.write(payload.length);
    } else {
      out.write(MASKED | LENGTH_IN_8);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) ((long) payload.length >>> shift));
      }
    }
    out.write(MASK, 0, MASK_BYTES);
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ MASK[i % MASK_BYTES]);
    }
    return new Burst(out.toByteArray(), 1);
  }

  /** The same so many times. */
  Burst times(int count) {
    Together all = new Together();
    for (int i = 0; i < count; i++) {
      all.add(this);
    }
    return all.burst();
  }

  /** Puts bursts behind each other. */
  static final class Together {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int frames;

    Together add(Burst burst) {
      bytes.write(burst.bytes, 0, burst.bytes.length);
      frames += burst.frames;
      return this;
    }

    Burst burst() {
      return new Burst(bytes.toByteArray(), frames);
    }
  }
}
