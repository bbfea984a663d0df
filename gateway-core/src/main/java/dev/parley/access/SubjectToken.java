package dev.parley.access;

import dev.parley.identity.Identity;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The token with which the ids of a subject are claimed: {@code U+0000}, and the SHA-256 of the
 * subject's UTF-16 code units in Base64 for URLs, without padding. All nodes of a cluster build the
 * same one, so its form must not change.
 *
 * <p>It is no secret: what keeps others from using it is that only the gateway claims with such a
 * token. A client's own token that begins with {@code U+0000} gets two more of them.
 */
final class SubjectToken {

  private static final String MARK = "\0";

  private SubjectToken() {}

  /** The token of a claim by a client that has sent {@code token}. */
  static @Nullable String of(Identity identity, @Nullable String token) {
    String subject = identity.subject();
    if (subject != null) {
      return of(subject);
    }
    return token != null && token.startsWith(MARK) ? MARK + MARK + token : token;
  }

  private static String of(String subject) {
    // Not by an encoding, which would give the same bytes to two subjects with lone surrogates.
    ByteBuffer units = ByteBuffer.allocate(2 * subject.length());
    units.asCharBuffer().put(subject);
    return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(units.array()));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
