package dev.parley.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The bytes that a client writes, and the expected output: answers, and the close code of the
 * server, if it closes. Mutable while it is built.
 */
final class WireCase {

  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CONTINUATION = 0;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /** Longer texts are compared by their digest. */
  private static final int LONG_TEXT = 1000;

  private static final byte[] MASK = {0x37, (byte) 0xFA, 0x21, 0x3D};

  private final String name;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<String> answers = new ArrayList<>();
  private int code;
  private int piece = Integer.MAX_VALUE;

  WireCase(String name) {
    this.name = name;
  }

  // ---- input

  WireCase frame(int opcode, boolean last, int reserved, byte[] payload) {
    int length = payload.length;
    bytes.write((last ? 0x80 : 0) | reserved << 4 | opcode);
    if (length < 126) {
      bytes.write(0x80 | length);
    } else if (length < 65_536) {
      bytes.write(0x80 | 126);
      bytes.writeBytes(ByteBuffer.allocate(2).putShort((short) length).array());
    } else {
      bytes.write(0x80 | 127);
      bytes.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
    }
    bytes.writeBytes(MASK);
    byte[] masked = payload.clone();
    for (int i = 0; i < length; i++) {
      masked[i] ^= MASK[i & 3];
    }
    bytes.writeBytes(masked);
    return this;
  }

  WireCase frame(int opcode, boolean last, byte[] payload) {
    return frame(opcode, last, 0, payload);
  }

  WireCase frame(int opcode, boolean last, String payload) {
    return frame(opcode, last, utf8(payload));
  }

  WireCase ping(byte[] payload) {
    return frame(PING, true, payload).answered(pong(payload));
  }

  WireCase ping(String payload) {
    return ping(utf8(payload));
  }

  /** A whole text, which is echoed. */
  WireCase text(String text) {
    return frame(TEXT, true, text).answered(text);
  }

  WireCase binary(byte[] message) {
    return frame(BINARY, true, message).answered(digest(message));
  }

  /** In frames of that many bytes each, the last one shorter. */
  WireCase inFrames(int opcode, byte[] message, int size) {
    for (int from = 0; from < message.length || from == 0; from += size) {
      int to = Math.min(message.length, from + size);
      frame(from == 0 ? opcode : CONTINUATION, to == message.length,
          Arrays.copyOfRange(message, from, to));
    }
    return answered(opcode == TEXT ? new String(message, StandardCharsets.UTF_8) : digest(message));
  }

  WireCase close(int closeCode, byte[] reason) {
    byte[] payload = ByteBuffer.allocate(2 + reason.length).putShort((short) closeCode).put(reason)
        .array();
    return frame(CLOSE, true, payload);
  }

  WireCase close(int closeCode) {
    return close(closeCode, new byte[0]);
  }

  /** Written in pieces of that many bytes, each flushed. */
  WireCase inPieces(int size) {
    piece = size;
    return this;
  }

  // ---- expected output

  WireCase answered(String answer) {
    answers.add(shortened(answer));
    return this;
  }

  WireCase closedWith(int closeCode) {
    code = closeCode;
    return this;
  }

  List<byte[]> writes() {
    byte[] all = bytes.toByteArray();
    List<byte[]> writes = new ArrayList<>();
    for (int from = 0; from < all.length; from += Math.min(piece, all.length - from)) {
      writes.add(Arrays.copyOfRange(all, from, from + Math.min(piece, all.length - from)));
    }
    return writes;
  }

  List<String> answers() {
    return answers;
  }

  /** The code that the server closes with; 0 if the client is the one to close. */
  int code() {
    return code;
  }

  static String pong(byte[] payload) {
    return "pong " + HexFormat.of().formatHex(payload);
  }

  static String shortened(String text) {
    return text.length() <= LONG_TEXT ? text : "text " + digest(utf8(text));
  }

  static String digest(byte[] message) {
    CRC32 crc = new CRC32();
    crc.update(message);
    return "binary " + message.length + " " + Long.toHexString(crc.getValue());
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** For the report. */
  @Override
  public String toString() {
    return name;
  }
}
