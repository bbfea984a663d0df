package dev.parley.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A text file with blocks between {@code -----BEGIN LABEL-----} and {@code -----END LABEL-----}.
 */
final class PemFile {
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  /** The first byte of DER and of PKCS #12: a sequence. */
  private static final byte SEQUENCE = 0x30;

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN (RSA |EC |ENCRYPTED )?PRIVATE KEY-----");
  private static final Pattern ENCRYPTED =
      Pattern.compile("-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: *4, *ENCRYPTED");

  private static final Pattern CERTIFICATE =
      Pattern.compile(
          "-----BEGIN CERTIFICATE-----.*?(-----END CERTIFICATE-----|\\z)", Pattern.DOTALL);

  private final String key;
  private final String file;
  private final String expected;
  private final String text;

  private PemFile(String key, String file, String expected, String text) {
    this.key = key;
    this.file = file;
    this.expected = expected;
    this.text = text;
  }

  /**
   * Reads a file.
   *
   * @param key the configuration key that names it
   * @param expected the expected content
   * @throws ConfigurationException if it cannot be read, is empty, or is not text
   */
  static PemFile read(String key, String file, String expected) {
    byte[] bytes = bytes(key, file, expected);
    var pem = new PemFile(key, file, expected, new String(bytes, StandardCharsets.ISO_8859_1));
    if (pem.text.isBlank()) {
      throw pem.refusal("it is empty");
    }
    if (bytes[0] == SEQUENCE && !pem.text.contains("-----BEGIN ")) {
      throw pem.refusal("it is binary, DER or PKCS #12: convert it to PEM with openssl");
    }
    return pem;
  }

  private static byte[] bytes(String key, String file, String expected) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw refusal(key, file, expected, "it is larger than 16MiB");
      }
      return bytes;
    } catch (NoSuchFileException none) {
      throw refusal(key, file, expected, "there is none" + at(file));
    } catch (AccessDeniedException denied) {
      throw refusal(key, file, expected, "this process may not read it");
    } catch (InvalidPathException noPath) {
      throw refusal(key, file, expected, "that is no path");
    } catch (IOException other) {
      String why =
          Files.isDirectory(Path.of(file)) ? "it is a directory"
              : String.valueOf(other.getMessage());
      throw refusal(key, file, expected, why);
    }
  }

  /** The absolute path of a relative one. */
  private static String at(String file) {
    Path path = Path.of(file);
    return path.isAbsolute() ? "" : " at " + path.toAbsolutePath();
  }

  /** An exception that says why this file is invalid. */
  ConfigurationException refusal(String why) {
    return refusal(key, file, expected, why);
  }

  private static ConfigurationException refusal(
      String key, String file, String expected, String why) {
    return new ConfigurationException(key, file, expected + " (" + why + ")");
  }

  boolean isEncrypted() {
    return ENCRYPTED.matcher(text).find();
  }

  boolean hasPrivateKey() {
    return PRIVATE_KEY.matcher(text).find();
  }

  boolean hasCertificate() {
    return CERTIFICATE.matcher(text).find();
  }

  /**
   * Its certificates, in order.
   *
   * @throws ConfigurationException if there is none, or an unreadable one
   */
  List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory reader = CertificateFactory.getInstance("X.509");
      for (MatchResult block : CERTIFICATE.matcher(text).results().toList()) {
        byte[] pem = block.group().getBytes(StandardCharsets.ISO_8859_1);
        certificates.add(
            (X509Certificate) reader.generateCertificate(new ByteArrayInputStream(pem)));
      }
    } catch (CertificateException broken) {
      throw refusal("a certificate in it is damaged");
    }
    if (certificates.isEmpty()) {
      throw refusal("it has no -----BEGIN CERTIFICATE-----");
    }
    return certificates;
  }

  String text() {
    return text;
  }
}
