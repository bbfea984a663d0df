package dev.parley.net;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts the frames of a fragmented message together, up to the size limit (RFC 6455, section 5.4). */
final class MessageAssembly {

  private final int limit;
  private final boolean binary;
  private byte[] bytes = new byte[0];

  MessageAssembly(int limit, boolean binary) {
    this.limit = limit;
    this.binary = binary;
  }

  /** Appends a fragment; false if the message is too long with it. */
  boolean append(ByteBuf fragment) {
    int length = fragment.readableBytes();
    if (length > limit - bytes.length) {
      return false;
    }
    int end = bytes.length;
    bytes = Arrays.copyOf(bytes, end + length);
    fragment.getBytes(fragment.readerIndex(), bytes, end, length);
    return true;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean isBinary() {
    return binary;
  }

  /** The whole of an unfragmented message; null if it is too long. */
  static byte @Nullable [] whole(ByteBuf content, int limit) {
    int length = content.readableBytes();
    if (length > limit) {
      return null;
    }
    byte[] bytes = new byte[length];
    content.getBytes(content.readerIndex(), bytes);
    return bytes;
  }
}
