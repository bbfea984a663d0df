package dev.parley.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One WebSocket frame as it was on the wire, unmasked (RFC 6455, section 5.2).
 *
 * @param opcode the kind
 * @param fin whether it is the last of its message
 * @param payload its bytes; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare its content
public record Frame(Opcode opcode, boolean fin, byte[] payload) {

  /** The close code of a connection that ended without a close frame (RFC 6455, section 7.4.1). */
  public static final int LOST = 1006;

  /** The close code of a close frame that has none. */
  public static final int WITHOUT_CODE = 1005;

  /** The kinds of frames. */
  public enum Opcode {
    CONTINUATION(0),
    TEXT(1),
    BINARY(2),
    CLOSE(8),
    PING(9),
    PONG(10);

    private final int bits;

    Opcode(int bits) {
      this.bits = bits;
    }

    int bits() {
      return bits;
    }

    static Opcode of(int bits) {
      return Arrays.stream(values())
          .filter(opcode -> opcode.bits == bits)
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no opcode: " + bits));
    }
  }

  /** The payload as text. */
  public String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** A close frame's code, {@link #WITHOUT_CODE} if it has none. */
  public int closeCode() {
    return payload.length < Short.BYTES ? WITHOUT_CODE
        : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
  }

  /** A close frame's reason. */
  public String closeReason() {
    return payload.length <= Short.BYTES
        ? ""
        : new String(payload, Short.BYTES, payload.length - Short.BYTES, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Frame frame
        && frame.opcode == opcode
        && frame.fin == fin
        && Arrays.equals(frame.payload, payload);
  }

  @Override
  public int hashCode() {
    return 31 * opcode.hashCode() + Arrays.hashCode(payload);
  }

  /** For failure messages. */
  @Override
  public String toString() {
    return switch (opcode) {
      case CLOSE -> "CLOSE " + closeCode() + " " + closeReason();
      case TEXT, CONTINUATION -> opcode + (fin ? " " : " (unfinished) ") + text();
      case BINARY, PING, PONG -> opcode + " of " + payload.length + " bytes";
    };
  }
}
