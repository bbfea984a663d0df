package dev.parley.config;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.KeyStoreHelper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Validates PEM files of keys and certificates at start: TLS itself notices unusable ones only when
 * every handshake fails. Blocks, because it reads files.
 */
public final class CertificateFiles {
  private static final String A_KEY = "a PEM file with a private key";
  private static final String A_CERTIFICATE = "a PEM file with a certificate";
  private static final byte[] PROOF = "signed and verified".getBytes(StandardCharsets.US_ASCII);

  private final String keyFile;
  private final String certFile;

  private CertificateFiles(String keyFile, String certFile) {
    this.keyFile = keyFile;
    this.certFile = certFile;
  }

  /**
   * Checks a file of certificates.
   *
   * @param key the configuration key that names it, relative to the caller
   * @throws ConfigurationException if it has no readable certificate
   */
  static void checkCertificates(String key, String file) {
    var unused = PemFile.read(key, file, A_CERTIFICATE).certificates();
  }

  /**
   * Checks a pair of files.
   *
   * @param keyFile the private key, PKCS #8, PKCS #1 or SEC 1, not encrypted
   * @param certFile the certificate, followed by its chain
   * @param now decides whether the certificate is valid
   * @return warnings, a sentence each: the certificate has expired, is not valid yet, or has a
   *     chain in the wrong order; empty if all is well
   * @throws ConfigurationException for the key {@code key} or {@code cert} if a file cannot be
   *     read, is of another kind, or does not match the other
   */
  public static List<String> checkPair(String keyFile, String certFile, Instant now) {
    return new CertificateFiles(keyFile, certFile).check(now);
  }

  private List<String> check(Instant now) {
    PemFile key = PemFile.read("key", keyFile, A_KEY);
    PemFile cert = PemFile.read("cert", certFile, A_CERTIFICATE);
    requireKey(key);
    if (cert.hasPrivateKey() && !cert.hasCertificate()) {
      throw cert.refusal("it holds a private key: are key and cert swapped?");
    }
    List<X509Certificate> chain = cert.certificates();
    requireBelonging(privateKey(key, cert), chain);
    return objections(chain, now);
  }

  private static void requireKey(PemFile key) {
    if (key.isEncrypted()) {
      throw key.refusal(
          "it is encrypted, and there is no passphrase for it: decrypt it with openssl pkey");
    }
    if (!key.hasPrivateKey()) {
      throw key.refusal(
          key.hasCertificate()
              ? "it holds a certificate: are key and cert swapped?"
              : "it has no -----BEGIN PRIVATE KEY-----");
    }
  }

  /** Parses the key as Vert.x will for a connection. */
  private PrivateKey privateKey(PemFile key, PemFile cert) {
    try {
      KeyStore store =
          KeyStoreHelper.loadKeyCert(
              List.of(Buffer.buffer(key.text())), List.of(Buffer.buffer(cert.text())));
      char[] password = KeyStoreHelper.DUMMY_PASSWORD.toCharArray();
      for (String alias : Collections.list(store.aliases())) {
        if (store.getKey(alias, password) instanceof PrivateKey found) {
          return found;
        }
      }
      throw key.refusal("it is damaged");
    } catch (ConfigurationException said) {
      throw said;
    } catch (Exception unreadable) {
      // The JDK compares their algorithms only.
      if (String.valueOf(unreadable.getMessage()).contains("does not match")) {
        throw stranger();
      }
      throw key.refusal("it is damaged, or neither an RSA nor an EC key");
    }
  }

  private ConfigurationException stranger() {
    return new ConfigurationException(
        "key", keyFile,
        "the private key of the certificate in " + certFile + "; this one is of another");
  }

  private void requireBelonging(PrivateKey key, List<X509Certificate> chain) {
    if (fit(key, chain.getFirst().getPublicKey())) {
      return;
    }
    boolean isFurtherBack =
        chain.stream().skip(1).anyMatch(issuer -> fit(key, issuer.getPublicKey()));
    if (isFurtherBack) {
      throw new ConfigurationException(
          "cert", certFile,
          "the server's own certificate first, and then those of its issuers; here it is behind"
              + " another");
    }
    throw stranger();
  }

  /** Whether one verifies a signature of the other. */
  private static boolean fit(PrivateKey key, PublicKey certified) {
    Optional<String> algorithm = switch (key.getAlgorithm()) {
      case "RSA" -> Optional.of("SHA256withRSA");
      case "EC" -> Optional.of("SHA256withECDSA");
      default -> Optional.empty();
    };
    if (algorithm.isEmpty()) {
      return true;
    }
    try {
      Signature signature = Signature.getInstance(algorithm.get());
      signature.initSign(key);
      signature.update(PROOF);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(PROOF);
      return signature.verify(signed);
    } catch (InvalidKeyException otherKind) {
      return false;
    } catch (GeneralSecurityException otherCurve) {
      return false;
    }
  }

  private List<String> objections(List<X509Certificate> chain, Instant now) {
    List<String> found = new ArrayList<>();
    X509Certificate own = chain.getFirst();
    if (now.isAfter(own.getNotAfter().toInstant())) {
      found.add(
          "the certificate in " + certFile + " has expired on " + own.getNotAfter().toInstant()
              + ": clients will refuse it");
    }
    if (now.isBefore(own.getNotBefore().toInstant())) {
      found.add(
          "the certificate in " + certFile + " is not valid before "
              + own.getNotBefore().toInstant() + ": clients will refuse it");
    }
    for (int i = 1; i < chain.size(); i++) {
      if (!chain.get(i - 1).getIssuerX500Principal()
          .equals(chain.get(i).getSubjectX500Principal())) {
        found.add(
            "certificate " + (i + 1) + " in " + certFile
                + " is not the issuer of the one before it: some clients will refuse the chain");
        break;
      }
    }
    return found;
  }
}
