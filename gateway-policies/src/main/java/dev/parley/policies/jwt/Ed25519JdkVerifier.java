package dev.parley.policies.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.EdDSAProvider;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/**
 * Verifies Ed25519 signatures by the JDK: Nimbus would need another library for them. Thread-safe.
 */
final class Ed25519JdkVerifier extends EdDSAProvider implements JWSVerifier {

  private static final String ED25519 = "Ed25519";

  private final PublicKey key;

  Ed25519JdkVerifier(PublicKey key) {
    this.key = key;
  }

  @Override
  public boolean verify(JWSHeader header, byte[] signedBytes, Base64URL signature)
      throws JOSEException {
    try {
      Signature verifier = Signature.getInstance(ED25519);
      verifier.initVerify(key);
      verifier.update(signedBytes);
      return verifier.verify(signature.decode());
    } catch (SignatureException malformed) {
      return false;
    } catch (GeneralSecurityException failed) {
      throw new JOSEException("Ed25519", failed);
    }
  }
}
