package dev.parley.policies.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key, and the algorithms that it is for: a signature of another one is never tried with it.
 * Thread-safe. Compared by identity.
 */
final class VerificationKey {

  private final @Nullable String id;
  private final List<JWSAlgorithm> algorithms;
  private final JWSVerifier verifier;
  private final boolean slow;

  /**
   * @param id its id; null for a key that tokens of any key id may be signed with
   * @param slow whether a verification takes so long that it should not be done on an event loop
   */
  VerificationKey(
      @Nullable String id, List<JWSAlgorithm> algorithms, JWSVerifier verifier, boolean slow) {
    this.id = id;
    this.algorithms = algorithms;
    this.verifier = verifier;
    this.slow = slow;
  }

  boolean isSlow() {
    return slow;
  }

  /** Whether a token may be signed with it, as far as the ids of keys say. */
  boolean isNamedBy(CompactToken token) {
    return id == null || token.keyId() == null || id.equals(token.keyId());
  }

  boolean isFor(CompactToken token) {
    return algorithm(token).isPresent();
  }

  /** Whether the token is signed with it. */
  boolean verifies(CompactToken token) {
    Optional<JWSAlgorithm> algorithm = algorithm(token);
    if (algorithm.isEmpty()) {
      return false;
    }
    try {
      // Of the token's header only the algorithm counts; the rest has been looked at.
      return verifier.verify(
          new JWSHeader(algorithm.get()), token.signedBytes(), token.signature());
    } catch (JOSEException | IllegalArgumentException malformed) {
      return false;
    }
  }

  private Optional<JWSAlgorithm> algorithm(CompactToken token) {
    return algorithms.stream()
        .filter(each -> each.getName().equals(token.algorithm()))
        .findFirst();
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "VerificationKey[" + id + ", " + algorithms + "]";
  }
}
