package dev.parley.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.cluster.ClusterOptions;
import dev.parley.config.ServiceTls.Verify;
import dev.parley.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of TLS: an invalid one is refused with its key and its value. */
class ServiceTlsTest {

  @TempDir private static Path folder;
  @TempDir private static Path other;

  private static TestCertificate ours;
  private static TestCertificate another;
  private static String cert = "";
  private static String key = "";

  @BeforeAll
  static void make() {
    ours = TestCertificate.in(folder);
    another = TestCertificate.in(other);
    cert = ours.cert().toString();
    key = ours.key().toString();
  }

  private static void refused(
      @Nullable String ca, @Nullable String cert, @Nullable String key, String... line) {
    assertThatThrownBy(() -> new ServiceTls(ca, cert, key, Verify.FULL))
        .isInstanceOf(ConfigurationException.class)
        .message().contains(line);
  }

  private static String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END " + label + "-----\n";
  }

  @Test
  void givenFilesThatFit_whenRead_thenTheyAreTaken() throws IOException {
    String both = file("both.pem", Files.readString(ours.cert()) + Files.readString(ours.key()));
    String crlf = file("crlf.pem", Files.readString(ours.key()).replace("\n", "\r\n"));

    assertThatCode(() -> {
      new ServiceTls(cert, null, null, Verify.CA);
      new ServiceTls(cert, cert, key, Verify.FULL);
      new ServiceTls(null, both, both, Verify.FULL);
      new ServiceTls(null, cert, crlf, Verify.FULL);
    }).doesNotThrowAnyException();
  }

  @Test
  void givenKeysInOlderForms_whenRead_thenTheyAreTakenToo() throws IOException {
    String sec1 = file("sec1.pem", pem("EC PRIVATE KEY", withCurve(content(ours.key()))));
    TestCertificate rsa = TestCertificate.rsaIn(Files.createDirectory(other.resolve("rsa")));
    String pkcs1 = file("pkcs1.pem", pem("RSA PRIVATE KEY", content(rsa.key())));

    assertThatCode(() -> {
      new ServiceTls(null, cert, sec1, Verify.FULL);
      new ServiceTls(null, rsa.cert().toString(), rsa.key().toString(), Verify.FULL);
      new ServiceTls(null, rsa.cert().toString(), pkcs1, Verify.FULL);
    }).doesNotThrowAnyException();
    refused(null, cert, pkcs1, "key: '" + pkcs1 + "' is not valid", "the private key of");
  }

  /** The key within a PKCS #8 file: the last of its three elements. */
  private static byte[] content(Path pkcs8) throws IOException {
    byte[] der =
        Base64.getMimeDecoder().decode(
            Files.readString(pkcs8).replaceAll("-----[A-Z ]+-----", ""));
    int at = header(der, 0);
    at += 3;
    at = at + header(der, at) + length(der, at);
    at += header(der, at);
    return Arrays.copyOfRange(der, at, der.length);
  }

  /** As tools write it: behind the key, the name of its curve, here secp256r1. */
  private static byte[] withCurve(byte[] key) {
    byte[] curve = HexFormat.of().parseHex("a00a06082a8648ce3d030107");
    byte[] both = Arrays.copyOf(key, key.length + curve.length);
    System.arraycopy(curve, 0, both, key.length, curve.length);
    both[1] += (byte) curve.length;
    return both;
  }

  private static int header(byte[] der, int at) {
    return (der[at + 1] & 0x80) == 0 ? 2 : 2 + (der[at + 1] & 0x7F);
  }

  private static int length(byte[] der, int at) {
    int length = 0;
    for (int i = 2; i < header(der, at); i++) {
      length = (length << 8) | (der[at + i] & 0xFF);
    }
    return header(der, at) == 2 ? der[at + 1] : length;
  }

  @Test
  void givenFilesThatAreNotThere_whenRead_thenTheirKeysAreNamed() {
    refused("/nowhere/ca.pem", null, null, "ca: '/nowhere/ca.pem'", "(there is none)");
    refused(null, "/nowhere/c.pem", key, "cert: '/nowhere/c.pem'", "(there is none)");
    refused(null, cert, "/nowhere/k.pem", "key: '/nowhere/k.pem'", "(there is none)");
    refused(folder.toString(), null, null, "ca: '" + folder, "(it is a directory)");
  }

  @Test
  void givenFilesThatAreSomethingElse_whenRead_thenTheirKeysAreNamed() throws IOException {
    refused(
        key, null, null, "ca: '" + key, "a PEM file with a certificate (it has no -----BEGIN CERT");
    refused(null, key, key, "cert: '" + key, "a PEM file with a certificate (it holds a private");
    refused(null, cert, cert, "key: '" + cert, "a PEM file with a private key (it holds a cert");
    String broken = file("broken.pem", pem("CERTIFICATE", new byte[] {1, 2, 3}));
    refused(broken, null, null, "ca: '" + broken, "a certificate in it is damaged");
    String locked = file("locked.pem", pem("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3}));
    refused(null, cert, locked, "key: '" + locked, "it is encrypted");
  }

  @Test
  void givenAKeyOfAnotherCertificate_whenRead_thenItIsRefused() {
    refused(
        null, cert, another.key().toString(), "key: '" + another.key(), "the private key of the"
            + " certificate in " + cert + "; this one is of another");
  }

  @Test
  void givenHalfOfAPair_whenRead_thenTheOtherHalfIsWanted() {
    refused(null, cert, null, "key: 'null' is not valid", cert);
    refused(null, null, key, "cert: 'null' is not valid", key);
  }

  @Test
  void givenTlsForAUrlWithoutIt_whenRead_thenTheUrlIsRefused() {
    assertThatThrownBy(
        () -> ClusterOptions.DEFAULT.with(ServiceTls.trusting(cert))
            .at(ServiceUrl.parse("redis://:secret@db")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "redis: 'redis://***@db' is not valid; expected a URL that begins with rediss, as tls"
                + " is set beside it");
    assertThat(
        ClusterOptions.DEFAULT.with(ServiceTls.trusting(cert))
            .at(ServiceUrl.parse("rediss://db")).tls().ca())
        .isEqualTo(cert);
  }
}
