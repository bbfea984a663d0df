package dev.parley.server;

import dev.parley.config.ConfigurationException;
import dev.parley.policies.keys.KeyHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** Keys for the policy {@code keys}: drawn, read and hashed. */
final class ApiKeys {
  private static final int RANDOM_BYTES = 32;
  private static final int MAX_INPUT = 4_096;

  private ApiKeys() {}

  /** A new key of 256 random bits. */
  static String draw() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** The first line of the input. */
  static String read(InputStream in) throws IOException {
    String text = new String(in.readNBytes(MAX_INPUT), StandardCharsets.UTF_8);
    return text.lines().findFirst().orElse("").strip();
  }

  /**
   * The hash of a key.
   *
   * @throws ConfigurationException if the key is too short
   */
  static String hash(String key) {
    try {
      return KeyHash.of(key);
    } catch (ConfigurationException tooShort) {
      throw tooShort.from("standard input");
    }
  }
}
