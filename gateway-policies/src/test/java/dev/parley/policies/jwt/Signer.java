package dev.parley.policies.jwt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Keys made for a test, and tokens that are signed with them, however wrong. */
final class Signer {

  static final String SECRET = "0123456789abcdef".repeat(4);

  /** Made once: an RSA key takes a while. */
  static final Signer RSA = pair("RSA", 2048);
  static final Signer OTHER_RSA = pair("RSA", 2048);
  static final Signer P256 = curve("secp256r1");
  static final Signer OTHER_P256 = curve("secp256r1");
  static final Signer P384 = curve("secp384r1");
  static final Signer P521 = curve("secp521r1");
  static final Signer ED25519 = pair("Ed25519", 255);

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final KeyPair pair;

  private Signer(KeyPair pair) {
    this.pair = pair;
  }

  static Signer pair(String kind, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      generator.initialize(bits);
      return new Signer(generator.generateKeyPair());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Signer curve(String name) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(name));
      return new Signer(generator.generateKeyPair());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  PublicKey publicKey() {
    return pair.getPublic();
  }

  /** The public key as a PEM file. */
  String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(publicKey().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  /** The 32 bytes of a public key of Ed25519, as an issuer writes them. */
  String x() {
    byte[] encoded = ((EdECPublicKey) publicKey()).getEncoded();
    return BASE64.encodeToString(
        Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
  }

  /** A token with these claims, and a key id in its header, which may be empty. */
  String token(String algorithm, String keyId, Map<String, ?> claims) {
    Map<String, Object> header = new TreeMap<>(Map.of("alg", algorithm, "typ", "JWT"));
    if (!keyId.isEmpty()) {
      header.put("kid", keyId);
    }
    return raw(algorithm, json(header), json(claims));
  }

  /** A token of any two texts. */
  String raw(String algorithm, String header, String claims) {
    String signed = encoded(header) + "." + encoded(claims);
    return signed + "." + signature(algorithm, signed.getBytes(StandardCharsets.US_ASCII));
  }

  private String signature(String algorithm, byte[] bytes) {
    PrivateKey key = pair.getPrivate();
    try {
      if (algorithm.startsWith("Ed")) {
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(key);
        signer.update(bytes);
        return BASE64.encodeToString(signer.sign());
      }
      JWSSigner signer =
          key instanceof ECPrivateKey ec ? new ECDSASigner(ec) : new RSASSASigner(key);
      return signer.sign(new JWSHeader(JWSAlgorithm.parse(algorithm)), bytes).toString();
    } catch (JOSEException | GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A token that is signed with a secret. */
  static String bySecret(String algorithm, String secret, Map<String, ?> claims) {
    String signed = encoded(json(Map.of("alg", algorithm))) + "." + encoded(json(claims));
    return signed + "." + mac(algorithm, secret.getBytes(StandardCharsets.UTF_8), signed);
  }

  static String mac(String algorithm, byte[] secret, String signed) {
    try {
      return new MACSigner(secret).sign(new JWSHeader(JWSAlgorithm.parse(algorithm)),
          signed.getBytes(StandardCharsets.US_ASCII)).toString();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static String encoded(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static String json(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
