package dev.parley.policies.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The algorithms that tokens may be signed with, by the kind of key that each of them fits. */
final class Algorithms {

  /** With a secret, by the least length of it in bytes: that of the hash. */
  static final Map<Integer, JWSAlgorithm> BY_SECRET = new TreeMap<>(
      Map.of(32, JWSAlgorithm.HS256, 48, JWSAlgorithm.HS384, 64, JWSAlgorithm.HS512));

  static final List<JWSAlgorithm> RSA = List.of(
      JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512,
      JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512);

  /** Two names for the same algorithm; the second one is newer. */
  static final List<JWSAlgorithm> ED25519 = List.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

  private static final List<JWSAlgorithm> EC =
      List.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

  private Algorithms() {}

  /** The one algorithm of a curve; none for a curve that no token is signed on. */
  static List<JWSAlgorithm> of(Curve curve) {
    if (curve.equals(Curve.P_256)) {
      return List.of(JWSAlgorithm.ES256);
    }
    if (curve.equals(Curve.P_384)) {
      return List.of(JWSAlgorithm.ES384);
    }
    return curve.equals(Curve.P_521) ? List.of(JWSAlgorithm.ES512) : List.of();
  }

  /** Whether it is by a secret. */
  static boolean isBySecret(String name) {
    return BY_SECRET.values().stream().anyMatch(each -> each.getName().equals(name));
  }

  /** The names of all of them. {@code none} is not one. */
  static List<String> names() {
    return Stream.of(BY_SECRET.values(), RSA, EC, ED25519)
        .flatMap(each -> each.stream().map(JWSAlgorithm::getName))
        .toList();
  }
}
