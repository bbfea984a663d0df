package dev.parley.bench.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * A client's frame (RFC 6455, section 5.2), final and masked; made once, and sent as often as one
 * likes. The mask has no zero in it: some servers skip the work of unmasking then, which real
 * clients do not spare them.
 */
public final class MaskedFrame {

  private static final int FINAL_TEXT = 0x81;
  private static final int FINAL_PONG = 0x8A;
  private static final int MASKED = 0x80;
  private static final int MASK_BYTES = 4;
  private static final int LONGEST_SHORT = 125;
  private static final int LENGTH_IN_2 = 126;
  private static final int LONGEST = 0xFFFF;

  /** Set in every byte of a mask. */
  private static final int NOT_ZERO = 0x01010101;

  private final byte[] bytes;
  private final int header;

  private MaskedFrame(int first, byte[] payload, int seed) {
    if (payload.length > LONGEST) {
      throw new IllegalArgumentException("a message of " + payload.length + " bytes");
    }
    boolean isShort = payload.length <= LONGEST_SHORT;
    header = (isShort ? 2 : 4) + MASK_BYTES;
    bytes = new byte[header + payload.length];
    bytes[0] = (byte) first;
    if (isShort) {
      bytes[1] = (byte) (MASKED | payload.length);
    } else {
      bytes[1] = (byte) (MASKED | LENGTH_IN_2);
      bytes[2] = (byte) (payload.length >>> 8);
      bytes[3] = (byte) payload.length;
    }
    int mask = seed | NOT_ZERO;
    for (int i = 0; i < MASK_BYTES; i++) {
      bytes[header - 1 - i] = (byte) (mask >>> (8 * i));
    }
    put(0, payload);
  }

  /**
   * A text frame.
   *
   * @param message ASCII, up to 65535 bytes
   */
  public static MaskedFrame text(String message) {
    byte[] payload = message.getBytes(StandardCharsets.US_ASCII);
    return text(payload, message.hashCode());
  }

  /**
   * A text frame.
   *
   * @param message up to 65535 bytes
   * @param seed what the mask is made of
   */
  static MaskedFrame text(byte[] message, int seed) {
    return new MaskedFrame(FINAL_TEXT, message, seed);
  }

  /** The answer to a ping. */
  public static MaskedFrame pong(byte[] content) {
    return new MaskedFrame(FINAL_PONG, content, content.length);
  }

  /** Puts {@code part} at a place of the payload. */
  void put(int at, byte[] part) {
    int mask = header - MASK_BYTES;
    for (int i = 0; i < part.length; i++) {
      bytes[header + at + i] = (byte) (part[i] ^ bytes[mask + ((at + i) & 3)]);
    }
  }

  /** Appends the whole frame. */
  public void writeTo(ByteBuf to) {
    to.writeBytes(bytes);
  }
}
