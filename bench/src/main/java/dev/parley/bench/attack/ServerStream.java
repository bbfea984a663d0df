package dev.parley.bench.attack;

import io.netty.buffer.ByteBuf;

/**
 * Parses the frames of a server to one client, of any length, and keeps only the requested
 * payloads. One thread.
 */
final class ServerStream {

  private static final int OPCODE = 0x0F;
  private static final int TEXT = 0x1;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int LENGTH = 0x7F;
  private static final int LENGTH_IN_2 = 126;
  private static final int LENGTH_IN_8 = 127;
  private static final int MAX_HEADER = 10;
  private static final int LONGEST_KEPT = 1 << 24;
  private static final byte[] NOTHING = {};

  private final byte[] header = new byte[MAX_HEADER];
  private int headerHas;
  private boolean inPayload;
  private long missing;
  private byte[] payload = NOTHING;
  private int payloadHas;
  private boolean kept;

  /** Takes what was read, in order. */
  interface Receiver {
    /** Whether texts are wanted. */
    boolean listens();

    /** A message came; its content is empty if texts are not wanted. */
    void message(byte[] content);

    void ping(byte[] content);

    void close(int code);
  }

  /** Reads all of it. */
  void read(ByteBuf in, Receiver receiver) {
    while (in.isReadable()) {
      if (inPayload) {
        readPayload(in, receiver);
      } else {
        readHeader(in, receiver);
      }
    }
  }

  private void readHeader(ByteBuf in, Receiver receiver) {
    header[headerHas++] = in.readByte();
    if (headerHas < 2 || headerHas < headerLength()) {
      return;
    }
    missing = length();
    kept = opcode() >= CLOSE || (opcode() == TEXT && receiver.listens());
    if (kept && missing > LONGEST_KEPT) {
      throw new IllegalStateException("a frame of " + missing + " bytes");
    }
    payload = kept ? new byte[(int) missing] : NOTHING;
    payloadHas = 0;
    inPayload = true;
    if (missing == 0) {
      complete(receiver);
    }
  }

  private void readPayload(ByteBuf in, Receiver receiver) {
    int count = (int) Math.min(missing, in.readableBytes());
    if (kept) {
      in.readBytes(payload, payloadHas, count);
      payloadHas += count;
    } else {
      in.skipBytes(count);
    }
    missing -= count;
    if (missing == 0) {
      complete(receiver);
    }
  }

  private void complete(Receiver receiver) {
    headerHas = 0;
    inPayload = false;
    byte[] content = payload;
    payload = NOTHING;
    switch (opcode()) {
      case CLOSE -> receiver.close(
          content.length < 2 ? 0 : (content[0] & 0xFF) << 8 | (content[1] & 0xFF));
      case PING -> receiver.ping(content);
      case TEXT -> receiver.message(content);
      default -> {}
    }
  }

  private int opcode() {
    return header[0] & OPCODE;
  }

  private int headerLength() {
    return switch (header[1] & LENGTH) {
      case LENGTH_IN_2 -> 4;
      case LENGTH_IN_8 -> MAX_HEADER;
      default -> 2;
    };
  }

  private long length() {
    long value = 0;
    for (int i = 2; i < headerLength(); i++) {
      value = value << 8 | (header[i] & 0xFF);
    }
    return headerLength() == 2 ? header[1] & LENGTH : value;
  }
}
