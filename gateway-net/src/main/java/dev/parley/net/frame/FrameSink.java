package dev.parley.net.frame;

import dev.parley.dialect.TextEncoder;
import dev.parley.dialect.TextSink;
import dev.parley.signal.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * Encodes text frames (RFC 6455, section 5.2; one final, unmasked frame per message) into a buffer,
 * one behind another. The length precedes the text but is known only after it. So room for the
 * usual length is reserved, and a rare longer text is moved.
 *
 * <p>The pieces between payloads are short and many. They are collected in an array first, since
 * each write to an off-heap buffer costs checks that are too much for such a piece.
 */
public final class FrameSink implements TextSink {

  private static final int FINAL_TEXT = 0x81;
  private static final int USUAL_HEADER = 4;
  private static final int LONG_HEADER = 10;
  private static final int MAX_SHORT = 125;
  private static final int MAX_MEDIUM = 0xFFFF;
  private static final int MEDIUM = 126;
  private static final int LONG = 127;
  private static final String HEX = "0123456789abcdef";
  private static final int PIECES = 512;

  private final byte[] pieces = new byte[PIECES];
  private int filled;
  private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

  /**
   * Appends one frame with {@code message} to {@code target}. If that fails, for lack of memory or
   * by a defect of the encoder, nothing is appended.
   */
  public <T> void frame(ByteBuf target, T message, TextEncoder<T> encoder) {
    buffer = target;
    int start = target.writerIndex();
    filled = USUAL_HEADER;
    try {
      encoder.encode(message, this);
      spill();
      putHeader(target, start, target.writerIndex() - start - USUAL_HEADER);
    } catch (RuntimeException | Error failure) {
      target.writerIndex(start);
      throw failure;
    } finally {
      buffer = Unpooled.EMPTY_BUFFER;
    }
  }

  private static void putHeader(ByteBuf target, int start, int length) {
    if (length > MAX_MEDIUM) {
      move(target, start + USUAL_HEADER, start + LONG_HEADER, length);
      target.setShort(start, FINAL_TEXT << 8 | LONG);
      target.setLong(start + 2, length);
    } else if (length > MAX_SHORT) {
      target.setInt(start, (FINAL_TEXT << 8 | MEDIUM) << 16 | length);
    } else {
      move(target, start + USUAL_HEADER, start + 2, length);
      target.setShort(start, FINAL_TEXT << 8 | length);
    }
  }

  private static void move(ByteBuf target, int from, int to, int length) {
    byte[] text = new byte[length];
    target.getBytes(from, text);
    target.writerIndex(to);
    target.writeBytes(text);
  }

  @Override
  @SuppressWarnings("deprecation") // copies the lower byte of each char: ASCII only
  public TextSink ascii(String text) {
    int length = text.length();
    if (length > PIECES - filled) {
      spill();
      if (length > PIECES) {
        ByteBufUtil.writeAscii(buffer, text);
        return this;
      }
    }
    text.getBytes(0, length, pieces, filled);
    filled += length;
    return this;
  }

  @Override
  public TextSink utf8(Bytes bytes) {
    spill();
    buffer.writeBytes(bytes.array(), bytes.offset(), bytes.length());
    return this;
  }

  @Override
  public TextSink quoted(String text) {
    int length = text.length();
    if (length + 2 > PIECES - filled) {
      spill();
    }
    if (length + 2 > PIECES || !quotedPlainly(text, length)) {
      spill();
      quotedWithEscapes(text);
    }
    return this;
  }

  /** False, and nothing has been written, if the text is more than unescaped ASCII. */
  private boolean quotedPlainly(String text, int length) {
    int to = filled;
    pieces[to++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c > '~') {
        return false;
      }
      pieces[to++] = (byte) c;
    }
    pieces[to++] = '"';
    filled = to;
    return true;
  }

  private void spill() {
    if (filled == 1) {
      buffer.writeByte(pieces[0]);
    } else {
      buffer.writeBytes(pieces, 0, filled);
    }
    filled = 0;
  }

  private void quotedWithEscapes(String text) {
    buffer.writeByte('"');
    int plainFrom = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        int width = Character.isSurrogate(c) ? surrogates(text, i) : 0;
        if (width == 2) {
          i++;
          continue;
        }
        ByteBufUtil.writeUtf8(buffer, text, plainFrom, i);
        escape(c);
        spill();
        plainFrom = i + 1;
      }
    }
    ByteBufUtil.writeUtf8(buffer, text, plainFrom, text.length());
    buffer.writeByte('"');
  }

  /** 2 for a surrogate pair, else 1: an unpaired surrogate has no UTF-8 and must be escaped. */
  private static int surrogates(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1))
            ? 2
            : 1;
  }

  private void escape(char c) {
    switch (c) {
      case '"' -> ascii("\\\"");
      case '\\' -> ascii("\\\\");
      case '\n' -> ascii("\\n");
      case '\r' -> ascii("\\r");
      case '\t' -> ascii("\\t");
      default -> {
        ascii("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          pieces[filled++] = (byte) HEX.charAt((c >> shift) & 0xF);
        }
      }
    }
  }
}
