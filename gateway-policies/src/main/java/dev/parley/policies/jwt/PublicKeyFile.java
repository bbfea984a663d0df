package dev.parley.policies.jwt;

import dev.parley.config.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A PEM file of public keys, or of certificates, whose keys count and nothing else.
 *
 * @param key the configuration key that names it
 * @param file its path
 */
record PublicKeyFile(String key, String file) {

  private static final String EXPECTED =
      "a PEM file with a public key or a certificate, of RSA, EC or Ed25519";
  private static final int MAX_BYTES = 256 * 1024;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");

  /**
   * The keys in it. Blocks, as it reads a file.
   *
   * @throws ConfigurationException if there are none, or if it has anything else
   */
  List<PublicKey> keys() {
    List<PublicKey> keys = new ArrayList<>();
    for (MatchResult block : BLOCK.matcher(text()).results().toList()) {
      keys.add(switch (block.group(1)) {
        case "PUBLIC KEY" -> publicKey(block.group(2));
        case "CERTIFICATE" -> certified(block.group());
        case "RSA PUBLIC KEY" -> throw refusal(
            "it is of PKCS #1: convert it with openssl rsa -RSAPublicKey_in -pubout");
        case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY" ->
            throw refusal("it holds a private key, which belongs to the issuer alone:"
                + " openssl pkey -pubout writes the public one");
        default -> throw refusal("it holds a " + block.group(1));
      });
    }
    if (keys.isEmpty()) {
      throw refusal("it has no -----BEGIN PUBLIC KEY-----");
    }
    return keys;
  }

  private String text() {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw refusal("it is larger than 256KiB");
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException none) {
      throw refusal("there is none at " + Path.of(file).toAbsolutePath());
    } catch (InvalidPathException noPath) {
      throw refusal("that is no path");
    } catch (IOException unreadable) {
      throw refusal("it cannot be read");
    }
  }

  private PublicKey publicKey(String base64) {
    X509EncodedKeySpec encoded;
    try {
      encoded = new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException damaged) {
      throw refusal("a key in it is damaged");
    }
    for (String kind : KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePublic(encoded);
      } catch (GeneralSecurityException otherKind) {
        // The next kind may fit.
      }
    }
    throw refusal("a key in it is damaged, or of another kind");
  }

  private PublicKey certified(String block) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(
              new ByteArrayInputStream(block.getBytes(StandardCharsets.ISO_8859_1)))
          .getPublicKey();
    } catch (CertificateException damaged) {
      throw refusal("a certificate in it is damaged");
    }
  }

  /** An exception that says why the file is invalid. */
  ConfigurationException refusal(String why) {
    return new ConfigurationException(key, file, EXPECTED + " (" + why + ")");
  }
}
