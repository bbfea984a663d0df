package dev.parley.policies.keys;

import dev.parley.config.ConfigurationException;
import dev.parley.policies.support.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The hash of a key, as it stands in a configuration. It is neither salted nor slow: a key is drawn
 * by chance, and long enough that it cannot be found by trying.
 */
public final class KeyHash {

  /** The shortest key, in characters: 128 bits as hexadecimal digits. */
  public static final int MIN_KEY = 32;

  private static final String PREFIX = "sha256:";
  private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-fA-F]{64}");

  private KeyHash() {}

  /**
   * The hash of a key.
   *
   * @throws ConfigurationException (with an empty key, and without the value) if the key is shorter
   *     than {@link #MIN_KEY}
   */
  public static String of(String key) {
    if (key.length() < MIN_KEY) {
      throw new ConfigurationException(
          "", "…", "a key of " + MIN_KEY + " characters or more, drawn by chance");
    }
    return PREFIX + HexFormat.of().formatHex(digest(key));
  }

  static boolean isHash(String text) {
    return FORM.matcher(text).matches();
  }

  /** The bytes of a hash. */
  static byte[] bytes(String hash) {
    return HexFormat.of().parseHex(hash.substring(PREFIX.length()));
  }

  static byte[] digest(String key) {
    return Sha256.of(key.getBytes(StandardCharsets.UTF_8));
  }
}
