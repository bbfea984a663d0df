package dev.parley.policies.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes keys for the algorithms that a gate accepts.
 *
 * @param accepted the names of the accepted algorithms; none for all
 */
record VerificationKeys(List<String> accepted) {

  private static final int LEAST_RSA_BITS = 2048;

  /** A verification with such a key takes some 0.2 ms. */
  private static final int MOST_RSA_BITS = 4096;

  /** The key of tokens that are signed with a secret. */
  Optional<VerificationKey> ofSecret(byte[] secret) {
    List<JWSAlgorithm> fitting = Algorithms.BY_SECRET.entrySet().stream()
        .filter(each -> each.getKey() <= secret.length)
        .map(each -> each.getValue())
        .toList();
    return made(null, fitting, false, () -> new MACVerifier(secret));
  }

  /** A public key; empty if it fits no accepted algorithm, or is too weak or too long. */
  Optional<VerificationKey> of(PublicKey key) {
    return of(null, key, List.of());
  }

  /**
   * A key of an issuer; empty as above, and if its issuer uses it for something else, or if it is a
   * secret: who can read secrets at the issuer's URL could sign tokens.
   */
  Optional<VerificationKey> of(JWK key) {
    boolean signs = (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
        && (key.getKeyOperations() == null
            || key.getKeyOperations().contains(KeyOperation.VERIFY));
    List<String> only =
        key.getAlgorithm() == null ? List.of() : List.of(key.getAlgorithm().getName());
    try {
      return switch (key) {
        case RSAKey rsa when signs -> of(key.getKeyID(), rsa.toRSAPublicKey(), only);
        case ECKey ec when signs -> of(key.getKeyID(), ec.toECPublicKey(), only);
        case OctetKeyPair pair when signs && Curve.Ed25519.equals(pair.getCurve()) ->
            of(key.getKeyID(), ed25519(pair.getDecodedX()), only);
        default -> Optional.empty();
      };
    } catch (JOSEException | GeneralSecurityException malformed) {
      return Optional.empty();
    }
  }

  private Optional<VerificationKey> of(@Nullable String id, PublicKey key, List<String> only) {
    return switch (key) {
      case RSAPublicKey rsa when isStrong(rsa) ->
          made(id, narrowed(Algorithms.RSA, only), false, () -> new RSASSAVerifier(rsa));
      case ECPublicKey ec -> {
        Curve curve = Curve.forECParameterSpec(ec.getParams());
        yield curve == null ? Optional.empty()
            : made(id, narrowed(Algorithms.of(curve), only), true, () -> new ECDSAVerifier(ec));
      }
      case EdECPublicKey ed when ed.getParams().getName().equals("Ed25519") ->
          made(id, narrowed(Algorithms.ED25519, only), true, () -> new Ed25519JdkVerifier(ed));
      default -> Optional.empty();
    };
  }

  private static boolean isStrong(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    // A verification takes the time of the exponent; all that are in use are small.
    return bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS
        && key.getPublicExponent().bitLength() <= Integer.SIZE;
  }

  /** From 32 bytes, little-endian, with the sign of the x coordinate in the last bit. */
  private static PublicKey ed25519(byte[] encoded) throws GeneralSecurityException {
    byte[] y = new byte[encoded.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = encoded[encoded.length - 1 - i];
    }
    if (y.length != 32) {
      throw new GeneralSecurityException("no key of Ed25519");
    }
    boolean odd = y[0] < 0;
    y[0] &= 0x7f;
    return KeyFactory.getInstance("Ed25519").generatePublic(
        new EdECPublicKeySpec(NamedParameterSpec.ED25519,
            new EdECPoint(odd, new BigInteger(1, y))));
  }

  private static List<JWSAlgorithm> narrowed(
      Collection<JWSAlgorithm> fitting, List<String> only) {
    return fitting.stream().filter(each -> only.isEmpty() || only.contains(each.getName()))
        .toList();
  }

  private interface Maker {
    JWSVerifier make() throws JOSEException;
  }

  private Optional<VerificationKey> made(
      @Nullable String id, List<JWSAlgorithm> fitting, boolean slow, Maker maker) {
    List<JWSAlgorithm> algorithms = narrowed(fitting, accepted);
    if (algorithms.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new VerificationKey(id, algorithms, maker.make(), slow));
    } catch (JOSEException unfit) {
      return Optional.empty();
    }
  }
}
