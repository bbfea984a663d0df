package dev.parley.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * RFC 6455, section 5, implemented in the simplest way: on all bytes at once, up to the first end.
 */
public final class PlainFrames {

  private final ByteBuffer in;
  private final int limit;
  private final List<String> events = new ArrayList<>();
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private int messageKind;

  private PlainFrames(byte[] bytes, int limit) {
    this.in = ByteBuffer.wrap(bytes);
    this.limit = limit;
  }

  /** The frames up to the first violation or close. */
  public static List<String> read(byte[] bytes, int limit) {
    PlainFrames frames = new PlainFrames(bytes, limit);
    while (frames.readOne()) {}
    return frames.events;
  }

  private boolean readOne() {
    if (in.remaining() < 2) {
      return false;
    }
    int first = Byte.toUnsignedInt(in.get());
    int second = Byte.toUnsignedInt(in.get());
    if ((first & 0x70) != 0 || second < 0x80) {
      return violation("PROTOCOL_ERROR");
    }
    int size = (second & 0x7F) == 127 ? 8 : (second & 0x7F) == 126 ? 2 : 0;
    if (in.remaining() < size + 4) {
      return false;
    }
    long length =
        size == 8 ? in.getLong() : size == 2 ? Short.toUnsignedInt(in.getShort()) : second & 0x7F;
    boolean last = first >= 0x80;
    int opcode = first & 0x0F;
    byte[] mask = new byte[4];
    in.get(mask);
    boolean control = opcode >= 8;
    boolean known = control ? opcode <= 10 && last && length >= 0 && length <= 125
        : opcode == 0 ? messageKind != 0 : opcode <= 2 && messageKind == 0;
    if (!known || (opcode == 8 && length == 1)) {
      return violation("PROTOCOL_ERROR");
    }
    if (length < 0 || (!control && length > limit - message.size())) {
      return violation("TOO_BIG");
    }
    if (length > in.remaining()) {
      return false;
    }
    byte[] payload = new byte[(int) length];
    in.get(payload);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return switch (opcode) {
      case 8 -> close(payload);
      case 9 -> event("ping " + HexFormat.of().formatHex(payload));
      case 10 -> event("pong");
      default -> data(opcode, last, payload);
    };
  }

  private boolean data(int opcode, boolean last, byte[] payload) {
    messageKind = opcode == 0 ? messageKind : opcode;
    message.writeBytes(payload);
    if (!last) {
      return true;
    }
    byte[] whole = message.toByteArray();
    boolean binary = messageKind == 2;
    message.reset();
    messageKind = 0;
    return (binary || isUtf8(whole))
        ? event((binary ? "binary " : "text ") + HexFormat.of().formatHex(whole))
        : violation("NOT_UTF8");
  }

  private boolean close(byte[] payload) {
    if (payload.length == 0) {
      events.add("close 1005");
      return false;
    }
    int code = ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    boolean allowed = (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006)
        || (code >= 3000 && code < 5000);
    if (!allowed) {
      return violation("PROTOCOL_ERROR");
    }
    if (!isUtf8(HexFormat.of().parseHex(HexFormat.of().formatHex(payload).substring(4)))) {
      return violation("NOT_UTF8");
    }
    events.add("close " + code);
    return false;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }

  private boolean event(String event) {
    events.add(event);
    return true;
  }

  private boolean violation(String reason) {
    events.add("violation " + reason);
    return false;
  }
}
