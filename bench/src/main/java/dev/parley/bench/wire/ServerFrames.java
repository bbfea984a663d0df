package dev.parley.bench.wire;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Reads what a server sends to one client: unmasked frames (RFC 6455, section 5.2), each a whole
 * message. It keeps nothing between two reads but the part of a frame that has come.
 */
public final class ServerFrames {

  private static final byte[] NOTHING = {};
  private static final int FINAL_BIT = 0x80;
  private static final int MASKED_BIT = 0x80;
  private static final int TEXT = 0x1;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;
  private static final int LENGTH_IN_2 = 126;
  private static final int LENGTH_IN_8 = 127;

  /** Far above what any server has to say here. */
  private static final long LONGEST = 1 << 20;

  private final Scratch scratch;
  private byte[] rest = NOTHING;

  /** Takes what was read, in order. The bytes are the reader's and valid during the call only. */
  public interface Receiver {
    /** A whole message in {@code bytes[from..to)}. */
    void message(byte[] bytes, int from, int to);

    /** To be answered with a pong of the same content. */
    void ping(byte[] content);

    /** The server closes. */
    void close(int code);
  }

  /** A buffer that all readers of one thread share. */
  public static final class Scratch {
    private byte[] bytes = new byte[1 << 16];

    private byte[] ofAtLeast(int length) {
      if (bytes.length < length) {
        bytes = new byte[Math.max(length, 2 * bytes.length)];
      }
      return bytes;
    }
  }

  /** A reader. */
  public ServerFrames(Scratch scratch) {
    this.scratch = scratch;
  }

  /**
   * Reads all of {@code in}.
   *
   * @throws IllegalStateException if the server sends what this reader does not take: a fragment, a
   *     masked frame, an unknown one
   */
  public void read(ByteBuf in, Receiver receiver) {
    int length = rest.length + in.readableBytes();
    byte[] bytes = scratch.ofAtLeast(length);
    System.arraycopy(rest, 0, bytes, 0, rest.length);
    in.readBytes(bytes, rest.length, in.readableBytes());
    int at = 0;
    for (int end = frameEnd(bytes, at, length); end >= 0; end = frameEnd(bytes, at, length)) {
      hand(bytes, at, end, receiver);
      at = end;
    }
    rest = at == length ? NOTHING : Arrays.copyOfRange(bytes, at, length);
  }

  /** Where the frame that begins at {@code at} ends; -1 if its end has not come. */
  private static int frameEnd(byte[] bytes, int at, int length) {
    if (length - at < 2) {
      return -1;
    }
    int header = headerLength(bytes, at);
    if (length - at < header) {
      return -1;
    }
    long end = at + header + payloadLength(bytes, at);
    return end > length ? -1 : (int) end;
  }

  private static int headerLength(byte[] bytes, int at) {
    return switch (bytes[at + 1]) {
      case LENGTH_IN_2 -> 4;
      case LENGTH_IN_8 -> 10;
      default -> 2;
    };
  }

  private static long payloadLength(byte[] bytes, int at) {
    if ((bytes[at + 1] & MASKED_BIT) != 0) {
      throw new IllegalStateException("the server masks its frames");
    }
    long length =
        switch (bytes[at + 1]) {
          case LENGTH_IN_2 -> bigEndian(bytes, at + 2, 2);
          case LENGTH_IN_8 -> bigEndian(bytes, at + 2, 8);
          default -> bytes[at + 1];
        };
    if (length < 0 || length > LONGEST) {
      throw new IllegalStateException("the server sends a frame of " + length + " bytes");
    }
    return length;
  }

  private static long bigEndian(byte[] bytes, int at, int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = (value << 8) | (bytes[at + i] & 0xFF);
    }
    return value;
  }

  private static void hand(byte[] bytes, int at, int end, Receiver receiver) {
    int from = at + headerLength(bytes, at);
    int opcode = bytes[at] & 0x0F;
    if ((bytes[at] & FINAL_BIT) == 0) {
      throw new IllegalStateException("the server sends a message in fragments");
    }
    switch (opcode) {
      case TEXT, BINARY -> receiver.message(bytes, from, end);
      case PING -> receiver.ping(Arrays.copyOfRange(bytes, from, end));
      case PONG -> {}
      case CLOSE -> receiver.close(end - from < 2 ? 0 : (int) bigEndian(bytes, from, 2));
      default -> throw new IllegalStateException("the server sends a frame of kind " + opcode);
    }
  }
}
