package dev.parley.access;

import dev.parley.config.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Ids that a server gives out, and that every node with the same secret recognizes without having
 * kept them: UUIDs of version 8. The first half has 60 random bits, the second one 62 bits of an
 * HMAC-SHA-256 of the first half and the realm.
 */
final class GivenIds {

  private static final String ALGORITHM = "HmacSHA256";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LENGTH = 36;
  private static final long VERSION_BITS = 0xF000L;
  private static final long VERSION = 0x8000L;
  private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final SecretKeySpec key;
  private final String realm;

  private GivenIds(SecretKeySpec key, String realm) {
    this.key = key;
    this.realm = realm;
  }

  static GivenIds of(Secret secret, String realm) {
    return new GivenIds(
        new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), ALGORITHM), realm);
  }

  String next() {
    long random = (RANDOM.nextLong() & ~VERSION_BITS) | VERSION;
    return new UUID(random, seal(random)).toString();
  }

  /** Whether the id is one of them, as they are written: each has one spelling. */
  boolean contain(String id) {
    if (id.length() != LENGTH) {
      return false;
    }
    UUID uuid;
    try {
      uuid = UUID.fromString(id);
    } catch (IllegalArgumentException other) {
      return false;
    }
    long random = uuid.getMostSignificantBits();
    // Comparing two numbers takes the same time whatever they are.
    return uuid.toString().equals(id) && (random & VERSION_BITS) == VERSION
        && uuid.getLeastSignificantBits() == seal(random);
  }

  private long seal(long random) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(ByteBuffer.allocate(Long.BYTES).putLong(random).array());
      byte[] sealed = mac.doFinal(realm.getBytes(StandardCharsets.UTF_8));
      return (ByteBuffer.wrap(sealed).getLong() & ~VARIANT_BITS) | VARIANT;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
    }
  }
}
