package dev.parley.ice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The user name of a credential: the second in which it expires, and the subject behind a colon, so
 * that a TURN server logs and counts by subject. A client without a subject has a random number in
 * its place: else all that come in one second would share a quota.
 *
 * <p>The subject is percent-encoded. So it has no colon of its own; and coturn, which refuses each
 * user name with a space, a quote or a backslash, accepts it. One that is long, or that coturn
 * takes for SQL all the same, is replaced by its hash, which is as stable.
 */
final class TurnUserName {

  /** RFC 8489 leaves 508 bytes for the whole name, and logs should stay readable. */
  private static final int MAX_SUBJECT = 200;

  private static final String SAFE = "-._~@";

  // Neither can be the beginning of an encoded subject.
  private static final String HASHED = "sha-256=";
  private static final String NAMELESS = "anyone=";

  private TurnUserName() {}

  static String of(Instant expiry, @Nullable String subject) {
    return expiry.getEpochSecond() + ":"
        + (subject == null || subject.isEmpty() ? nameless() : encoded(subject));
  }

  private static String nameless() {
    return NAMELESS + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  }

  private static String encoded(String subject) {
    byte[] bytes = subject.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_SUBJECT) {
      return hashed(bytes);
    }
    StringBuilder text = new StringBuilder();
    for (byte each : bytes) {
      char character = (char) (each & 0xFF);
      if (isSafe(character)) {
        text.append(character);
      } else {
        text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
      }
    }
    return text.length() > MAX_SUBJECT || looksLikeSql(text.toString())
        ? hashed(bytes)
        : text.toString();
  }

  private static boolean isSafe(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9') || SAFE.indexOf(character) >= 0;
  }

  /** As coturn decides it. */
  private static boolean looksLikeSql(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("union") && lower.contains("select");
  }

  private static String hashed(byte[] subject) {
    try {
      return HASHED
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(subject));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
