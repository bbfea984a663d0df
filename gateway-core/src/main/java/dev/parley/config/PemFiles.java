package dev.parley.config;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks into the PEM files that a configuration names, so that what cannot work is refused with its
 * key before anything starts. Blocks.
 */
public final class PemFiles {

  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]+)-----\\s*([^-]*)-----END \\1-----", Pattern.DOTALL);
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final byte[] PROBE = "fits?".getBytes(StandardCharsets.US_ASCII);
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  private PemFiles() {}

  /** What stands between two marks. */
  private static final class Block {

    private final String label;
    private final byte[] der;

    Block(String label, byte[] der) {
      this.label = label;
      this.der = der;
    }

    boolean isKey() {
      return label.endsWith("PRIVATE KEY");
    }
  }

  /**
   * The certificates of a file, in their order.
   *
   * @param key where the path is configured, relative to the caller
   * @throws ConfigurationException if there are none that can be read
   */
  public static List<Certificate> certificates(String key, String path) {
    List<Block> blocks =
        blocks(key, path).stream().filter(block -> block.label.equals(CERTIFICATE)).toList();
    if (blocks.isEmpty()) {
      throw new ConfigurationException(key, path, "a PEM file with a certificate; it has none");
    }
    List<Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory reader = CertificateFactory.getInstance("X.509");
      for (Block block : blocks) {
        certificates.add(reader.generateCertificate(new ByteArrayInputStream(block.der)));
      }
      return certificates;
    } catch (GeneralSecurityException broken) {
      throw new ConfigurationException(
          key, path, "a PEM file with a certificate; it has one that cannot be read");
    }
  }

  /**
   * Refuses a certificate and a private key that do not belong together, or cannot be read.
   *
   * @param certKey where {@code cert} is configured, relative to the caller
   * @param cert the file with the certificate, followed by its chain
   * @param keyKey where {@code key} is configured
   * @param key the file with the private key, PKCS #8, PKCS #1 or SEC 1, not encrypted
   */
  public static void requirePair(String certKey, String cert, String keyKey, String key) {
    PublicKey open = certificates(certKey, cert).getFirst().getPublicKey();
    List<Block> keys = blocks(keyKey, key).stream().filter(Block::isKey).toList();
    if (keys.isEmpty()) {
      throw new ConfigurationException(keyKey, key, "a PEM file with a private key; it has none");
    }
    Block first = keys.getFirst();
    if (first.label.startsWith("ENCRYPTED")) {
      throw new ConfigurationException(
          keyKey, key, "a private key that is not encrypted; openssl pkey -in FILE removes it");
    }
    if (!fits(open, first)) {
      throw new ConfigurationException(
          keyKey, key, "the private key of the certificate in " + certKey + ", " + cert);
    }
  }

  /** A signature with the one holds with the other. */
  private static boolean fits(PublicKey open, Block secret) {
    try {
      // PKCS #1 and SEC 1 lack the algorithm, which is that of the certificate if the two fit.
      byte[] der = secret.label.equals("PRIVATE KEY") ? secret.der : pkcs8(open, secret.der);
      PrivateKey key =
          KeyFactory.getInstance(open.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
      String algorithm = switch (open.getAlgorithm()) {
        case "RSA" -> "SHA256withRSA";
        case "EC" -> "SHA256withECDSA";
        default -> open.getAlgorithm();
      };
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(PROBE);
      byte[] signature = signing.sign();
      Signature checking = Signature.getInstance(algorithm);
      checking.initVerify(open);
      checking.update(PROBE);
      return checking.verify(signature);
    } catch (GeneralSecurityException another) {
      return false;
    }
  }

  /** RFC 5208: a version, the algorithm as in the public key (RFC 5280), and the key itself. */
  private static byte[] pkcs8(PublicKey open, byte[] key) {
    byte[] info = open.getEncoded();
    int at = 1 + lengthOfLength(info, 1);
    int algorithm = 1 + lengthOfLength(info, at + 1) + length(info, at + 1);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(VERSION_0);
    content.write(info, at, algorithm);
    content.writeBytes(element(OCTETS, key));
    return element(SEQUENCE, content.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    if (content.length < 0x80) {
      element.write(content.length);
    } else {
      int bytes = content.length < 0x100 ? 1 : content.length < 0x10000 ? 2 : 3;
      element.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        element.write(content.length >>> (8 * i));
      }
    }
    element.writeBytes(content);
    return element.toByteArray();
  }

  private static int lengthOfLength(byte[] der, int at) {
    return (der[at] & 0x80) == 0 ? 1 : 1 + (der[at] & 0x7F);
  }

  private static int length(byte[] der, int at) {
    int length = der[at] & 0x7F;
    if ((der[at] & 0x80) != 0) {
      int bytes = length;
      length = 0;
      for (int i = 1; i <= bytes; i++) {
        length = (length << 8) | (der[at + i] & 0xFF);
      }
    }
    return length;
  }

  private static List<Block> blocks(String key, String path) {
    Matcher found = BLOCK.matcher(text(key, path));
    List<Block> blocks = new ArrayList<>();
    while (found.find()) {
      try {
        blocks.add(new Block(found.group(1), Base64.getMimeDecoder().decode(body(found.group(2)))));
      } catch (IllegalArgumentException damaged) {
        throw new ConfigurationException(key, path, "a PEM file; it is damaged");
      }
    }
    return blocks;
  }

  /** Without the headers that an encrypted PKCS #1 key has. */
  private static String body(String text) {
    int blank = text.indexOf("\n\n");
    return text.contains(":") && blank >= 0 ? text.substring(blank) : text;
  }

  private static String text(String key, String path) {
    try {
      return Files.readString(Path.of(path), StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    } catch (NoSuchFileException | InvalidPathException missing) {
      throw new ConfigurationException(key, path, "the path of a PEM file; there is no such file");
    } catch (IOException closed) {
      throw new ConfigurationException(
          key, path, "the path of a PEM file; it cannot be read ("
              + closed.getClass().getSimpleName() + ")");
    }
  }
}
