package dev.parley.net.frame;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.CloseWords;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Parses WebSocket frames of a client (RFC 6455, section 5) and assembles messages. It knows no
 * socket: bytes in, whole messages and control frames out. Payloads are unmasked straight into the
 * array of the message. Between two reads it keeps only the received part of a message, so an idle
 * connection holds no buffer.
 *
 * <p>The cost of a message is linear in its bytes, however many frames and reads it takes. The
 * array of a message that arrives whole has its final size from the start; otherwise it doubles
 * when it is full. It never exceeds {@code limit}.
 *
 * <p>After the first violation, or after {@link #discard}, it discards its input and looks only for
 * the client's close. When frame boundaries are lost, it reads nothing any more.
 */
public final class FrameReader {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final int CONTINUATION = 0x0;
  private static final int TEXT = 0x1;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;
  private static final int FIRST_CONTROL = 0x8;

  /** Masks of the first two bytes of a frame, combined. */
  private static final int FINAL_BIT = 0x8000;

  private static final int RESERVED_BITS = 0x7000;
  private static final int OPCODE_BITS = 0x0F;
  private static final int MASKED_BIT = 0x80;
  private static final int LENGTH_BITS = 0x7F;
  private static final int LENGTH_IN_2 = 126;
  private static final int LENGTH_IN_8 = 127;
  private static final int MAX_CONTROL_LENGTH = 125;
  private static final int MASK_BYTES = 4;
  private static final int MAX_HEADER = 14;

  /** The overhead of an array. */
  private static final int ARRAY_HEADER = 16;

  private static final byte[] NOTHING = {};

  private final int limit;

  private byte[] header = NOTHING;
  private int headerHas;

  private boolean inPayload;
  private boolean finalFrame;
  private int opcode;
  private int mask;
  private int frameLength;
  private int frameHas;

  private boolean inMessage;
  private boolean binary;
  /** The bitwise OR of all bytes of the message: a text without the highest bit is ASCII. */
  private long bits;
  private byte[] message = NOTHING;
  private int messageHas;
  /** Bytes copied because an array was too small or too big. */
  private long moved;
  private byte[] control = NOTHING;
  /** When the current message or frame began. */
  private long begunAt;

  /** Bytes left to skip of a discarded frame. */
  private long skip;
  private boolean discarding;
  private boolean broken;

  /** Receives messages and control frames, in order. */
  public interface Receiver {
    /**
     * A frame of any kind has begun. As much of it as has arrived is read, even if the receiver
     * takes no more afterwards.
     *
     * @param bytes its length, including its header
     */
    void frame(long bytes);

    /** Whether the next frame may be read now. */
    boolean takesMore();

    /** A whole message; text is valid UTF-8. The array becomes the receiver's. */
    void message(byte[] bytes, boolean binary);

    /** A ping, to be answered with the same content. */
    void ping(byte[] content);

    /** A pong: proof of liveness. */
    void pong();

    /**
     * A close frame of the client, or its answer to ours; reported after a violation, too.
     *
     * @param code its close code, or {@link CloseWords#WITHOUT_CODE}
     */
    void close(int code);

    /** A protocol violation; afterwards only the client's close is reported. */
    void violation(CloseReason reason);
  }

  /** @param limit the most bytes of a message */
  public FrameReader(int limit) {
    this.limit = limit;
  }

  /**
   * Parses {@code in}: all of it, or up to the frame after which the receiver takes no more.
   *
   * @param now the current time, by {@link System#nanoTime}
   */
  public void read(ByteBuf in, long now, Receiver receiver) {
    while (!broken && in.isReadable() && (inPayload || receiver.takesMore())) {
      if (skip > 0) {
        int some = (int) Math.min(skip, in.readableBytes());
        in.skipBytes(some);
        skip -= some;
      } else if (!inPayload) {
        if (isAtRest()) {
          begunAt = now;
        }
        if (!readHeader(in, receiver)) {
          return;
        }
      }
      if (inPayload && readPayload(in)) {
        inPayload = false;
        conclude(receiver);
      }
    }
  }

  /** Discards all further input, except the client's close. */
  public void discard() {
    if (discarding) {
      return;
    }
    discarding = true;
    if (inPayload && opcode < FIRST_CONTROL) {
      inPayload = false;
      skip = (long) frameLength - frameHas;
    }
    message = NOTHING;
    messageHas = 0;
  }

  /** Whether no message, frame, or header is incomplete. */
  public boolean isAtRest() {
    return !inMessage && !inPayload && headerHas == 0;
  }

  /** When the incomplete message or frame began; undefined at rest. */
  public long begunAt() {
    return begunAt;
  }

  /** Extends the deadline of an incomplete message by a pause in which it was not read. */
  public void paused(long nanos) {
    begunAt += nanos;
  }

  /** The size of the arrays that hold incomplete input. */
  public int held() {
    return held(message) + held(header) + held(control);
  }

  private static int held(byte[] array) {
    return array.length == 0 ? 0 : array.length + ARRAY_HEADER;
  }

  /** Whether frame boundaries are known, so that a close would be found. */
  public boolean isInStep() {
    return !broken;
  }

  /** True if a frame's header is complete; then its payload follows, or bytes to skip. */
  private boolean readHeader(ByteBuf in, Receiver receiver) {
    int available = headerHas + in.readableBytes();
    if (available < 2) {
      keepHeader(in);
      return false;
    }
    ByteBuf source = headerHas == 0 ? in : joined(in);
    int from = source.readerIndex();
    int start = source.getUnsignedShort(from);
    int shortLength = start & LENGTH_BITS;
    // At once, since the rest of such a frame may never arrive.
    if ((start & RESERVED_BITS) != 0 || (start & MASKED_BIT) == 0) {
      return lose(receiver, CloseReason.PROTOCOL_ERROR);
    }
    int needed = headerLength(shortLength);
    if (available < needed) {
      keepHeader(in);
      return false;
    }
    finalFrame = (start & FINAL_BIT) != 0;
    opcode = start >>> 8 & OPCODE_BITS;
    long length = payloadLength(source, from + 2, shortLength);
    if (!isExpected(length)) {
      return lose(receiver, CloseReason.PROTOCOL_ERROR);
    }
    if (length < 0) {
      return lose(receiver, CloseReason.TOO_BIG);
    }
    mask = source.getInt(from + needed - MASK_BYTES);
    in.skipBytes(needed - headerHas);
    headerHas = 0;
    header = NOTHING;
    if (!discarding) {
      receiver.frame(needed + length);
    }
    if (opcode < FIRST_CONTROL && (discarding || length > limit - messageHas)) {
      violate(receiver, CloseReason.TOO_BIG);
      skip = length;
      return true;
    }
    frameLength = (int) length;
    frameHas = 0;
    inPayload = true;
    begin(in.readableBytes());
    return true;
  }

  /** Whether a frame of this kind and length is valid now. */
  private boolean isExpected(long length) {
    return switch (opcode) {
      case CONTINUATION -> inMessage || discarding;
      case TEXT, BINARY -> !inMessage || discarding;
      case CLOSE -> finalFrame && isControlLength(length) && length != 1;
      case PING, PONG -> finalFrame && isControlLength(length);
      default -> false;
    };
  }

  /** A 64-bit length with the highest bit set is negative. */
  private static boolean isControlLength(long length) {
    return length >= 0 && length <= MAX_CONTROL_LENGTH;
  }

  private void violate(Receiver receiver, CloseReason reason) {
    if (!discarding) {
      discard();
      receiver.violation(reason);
    }
  }

  /** Frame boundaries are lost. */
  private boolean lose(Receiver receiver, CloseReason reason) {
    broken = true;
    violate(receiver, reason);
    return false;
  }

  private static int headerLength(int shortLength) {
    return switch (shortLength) {
      case LENGTH_IN_2 -> 2 + 2 + MASK_BYTES;
      case LENGTH_IN_8 -> MAX_HEADER;
      default -> 2 + MASK_BYTES;
    };
  }

  private static long payloadLength(ByteBuf source, int from, int shortLength) {
    return switch (shortLength) {
      case LENGTH_IN_2 -> source.getUnsignedShort(from);
      case LENGTH_IN_8 -> source.getLong(from);
      default -> shortLength;
    };
  }

  /** The beginning of a header kept from earlier input, joined with its continuation. */
  private ByteBuf joined(ByteBuf in) {
    int more = Math.min(in.readableBytes(), MAX_HEADER - headerHas);
    byte[] both = Arrays.copyOf(header, headerHas + more);
    in.getBytes(in.readerIndex(), both, headerHas, more);
    return Unpooled.wrappedBuffer(both);
  }

  private void keepHeader(ByteBuf in) {
    if (header.length == 0) {
      header = new byte[MAX_HEADER];
    }
    int more = in.readableBytes();
    in.readBytes(header, headerHas, more);
    headerHas += more;
  }

  /**
   * The array is as large as what has arrived: announcing a length allocates nothing, only sending
   * does.
   */
  private void begin(int available) {
    if (opcode >= FIRST_CONTROL) {
      control = frameLength == 0 ? NOTHING : new byte[frameLength];
      return;
    }
    if (opcode != CONTINUATION) {
      inMessage = true;
      binary = opcode == BINARY;
      bits = 0;
      message = NOTHING;
      messageHas = 0;
    }
    int whole = messageHas + frameLength;
    if (whole > message.length && frameLength <= available) {
      resize(roomFor(whole));
    }
  }

  /**
   * The next size of an array that must hold {@code needed} bytes. The last frame of a message
   * states its length; before it, more fragments may follow.
   */
  private int roomFor(int needed) {
    long most = finalFrame ? (long) messageHas + frameLength - frameHas : limit;
    long doubled = Math.max(needed, 2L * message.length);
    return (int) Math.min(most, doubled);
  }

  private void resize(int length) {
    moved += Math.min(messageHas, length);
    message = Arrays.copyOf(message, length);
  }

  /** Bytes copied between arrays of one message so far. */
  long moved() {
    return moved;
  }

  /** True if the frame's payload is complete. */
  private boolean readPayload(ByteBuf in) {
    int some = Math.min(frameLength - frameHas, in.readableBytes());
    if (opcode >= FIRST_CONTROL) {
      in.readBytes(control, frameHas, some);
      var unused = unmask(control, frameHas, some, frameHas);
    } else {
      if (messageHas + some > message.length) {
        resize(roomFor(messageHas + some));
      }
      in.readBytes(message, messageHas, some);
      bits |= unmask(message, messageHas, some, frameHas);
      messageHas += some;
    }
    frameHas += some;
    return frameHas == frameLength;
  }

  /**
   * Unmasks {@code count} bytes in place; {@code phase} payload bytes of the frame preceded them.
   *
   * @return the bitwise OR of the unmasked bytes, eight at a time
   */
  private long unmask(byte[] bytes, int from, int count, int phase) {
    int turned = Integer.rotateLeft(mask, 8 * (phase & 3));
    long wide = ((long) turned << 32) | (turned & 0xFFFFFFFFL);
    int i = from;
    int end = from + count;
    long all = 0;
    for (; i <= end - Long.BYTES; i += Long.BYTES) {
      long plain = (long) LONGS.get(bytes, i) ^ wide;
      LONGS.set(bytes, i, plain);
      all |= plain;
    }
    for (int shift = 24; i < end; i++, shift = (shift - 8) & 31) {
      bytes[i] ^= (byte) (turned >>> shift);
      all |= bytes[i];
    }
    return all;
  }

  private void conclude(Receiver receiver) {
    switch (opcode) {
      case CLOSE -> concludeClose(receiver);
      case PING -> {
        if (!discarding) {
          receiver.ping(control);
        }
      }
      case PONG -> {
        if (!discarding) {
          receiver.pong();
        }
      }
      default -> {
        if (finalFrame) {
          concludeMessage(receiver);
        }
      }
    }
    control = NOTHING;
  }

  private void concludeMessage(Receiver receiver) {
    if (messageHas < message.length) {
      resize(messageHas);
    }
    byte[] whole = message;
    inMessage = false;
    message = NOTHING;
    messageHas = 0;
    if (binary || (bits & HIGH_BITS) == 0 || Utf8.isValid(whole)) {
      receiver.message(whole, binary);
    } else {
      violate(receiver, CloseReason.NOT_UTF8);
    }
  }

  private void concludeClose(Receiver receiver) {
    int code = closeCode();
    if (control.length > 0 && !maySend(code)) {
      violate(receiver, CloseReason.PROTOCOL_ERROR);
    } else if (!Utf8.isValid(control, Math.min(2, control.length))) {
      violate(receiver, CloseReason.NOT_UTF8);
    }
    receiver.close(code);
  }

  /** Whether a close frame may have this code (RFC 6455, section 7.4, and later registrations). */
  private static boolean maySend(int code) {
    return switch (code) {
      case 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014 -> true;
      default -> code >= 3000 && code <= 4999;
    };
  }

  private int closeCode() {
    return control.length < 2
        ? CloseWords.WITHOUT_CODE
        : ((control[0] & 0xFF) << 8) | (control[1] & 0xFF);
  }
}
