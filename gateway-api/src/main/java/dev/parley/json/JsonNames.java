package dev.parley.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A set of member names, or words, to match against raw bytes without decoding them into strings.
 * Immutable and thread-safe.
 */
public final class JsonNames {

  private final String[] names;
  private final byte[][] bytes;

  private JsonNames(String[] names) {
    this.names = names;
    this.bytes = new byte[names.length][];
    Arrays.setAll(bytes, i -> names[i].getBytes(StandardCharsets.UTF_8));
  }

  /** These names. */
  public static JsonNames of(String... names) {
    return new JsonNames(names.clone());
  }

  /** The name in that range, if it is one of these, else the empty string. */
  String find(byte[] text, int from, int to) {
    for (int i = 0; i < bytes.length; i++) {
      byte[] name = bytes[i];
      if (name.length == to - from && Arrays.equals(name, 0, name.length, text, from, to)) {
        return names[i];
      }
    }
    return "";
  }
}
