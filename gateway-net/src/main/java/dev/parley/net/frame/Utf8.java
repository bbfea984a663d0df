package dev.parley.net.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Validates that a text message is UTF-8, as RFC 6455 (section 8.1) demands: otherwise the
 * recipient's browser would drop its connection. Signals are nearly all ASCII, so eight bytes at a
 * time are checked until one is not.
 */
final class Utf8 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  static boolean isValid(byte[] bytes) {
    return isValid(bytes, 0);
  }

  /** Validates from {@code from} on. */
  static boolean isValid(byte[] bytes, int from) {
    int i = from;
    for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
      if (((long) LONGS.get(bytes, i) & HIGH_BITS) != 0) {
        return isDecodable(bytes, i);
      }
    }
    for (; i < bytes.length; i++) {
      if (bytes[i] < 0) {
        return isDecodable(bytes, i);
      }
    }
    return true;
  }

  private static boolean isDecodable(byte[] bytes, int from) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, from, bytes.length - from));
      return true;
    } catch (CharacterCodingException notUtf8) {
      return false;
    }
  }
}
