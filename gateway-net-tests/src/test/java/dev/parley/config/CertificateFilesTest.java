package dev.parley.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testkit.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateFilesTest {

  @TempDir Path folder;

  @TempDir static Path certificates;

  private static TestCertificate own;
  private static TestCertificate other;

  @BeforeAll
  static void make() throws IOException {
    own = TestCertificate.in(Files.createDirectory(certificates.resolve("own")));
    other = TestCertificate.in(Files.createDirectory(certificates.resolve("other")));
  }

  private static List<String> check(Path key, Path cert, Instant now) {
    return CertificateFiles.checkPair(key.toString(), cert.toString(), now);
  }

  private static List<String> check(Path key, Path cert) {
    return check(key, cert, Instant.now());
  }

  private Path file(String... parts) throws IOException {
    return Files.writeString(folder.resolve("made.pem"), String.join("", parts));
  }

  private static void assertRefused(Path key, Path cert, String at, String why) {
    assertThatThrownBy(() -> check(key, cert))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            wrong -> {
              assertThat(wrong.key()).isEqualTo(at);
              assertThat(wrong.value()).isEqualTo((at.equals("key") ? key : cert).toString());
              assertThat(wrong.expected()).contains(why);
            })
        .message().hasLineCount(1);
  }

  @Test
  void givenAPairThatFits_whenChecked_thenThereIsNothingToSay() throws IOException {
    assertThat(check(own.key(), own.cert())).isEmpty();

    Path both = file(Files.readString(own.key()), Files.readString(own.cert()));
    assertThat(check(both, both)).isEmpty();
  }

  @Test
  void givenAKeyOfAnotherCertificate_whenChecked_thenTheKeyIsRefused()
      throws IOException, GeneralSecurityException {
    String why = "the private key of the certificate in " + own.cert() + "; this one is of another";
    assertRefused(other.key(), own.cert(), "key", why);

    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    Path key =
        file(
            "-----BEGIN PRIVATE KEY-----\n",
            Base64.getMimeEncoder().encodeToString(rsa.generateKeyPair().getPrivate().getEncoded()),
            "\n-----END PRIVATE KEY-----\n");
    assertRefused(key, own.cert(), "key", why);
  }

  @Test
  void givenTheTwoFilesSwapped_whenChecked_thenTheLineAsksThat() {
    assertRefused(own.cert(), own.key(), "key",
        "it holds a certificate: are key and cert swapped?");
    assertRefused(own.key(), own.key(), "cert",
        "it holds a private key: are key and cert swapped?");
  }

  @Test
  void givenFilesThatCannotBeRead_whenChecked_thenTheLineSaysWhy() throws IOException {
    assertRefused(folder.resolve("none"), own.cert(), "key", "(there is none)");
    assertRefused(own.key(), folder.resolve("none"), "cert", "(there is none)");
    assertRefused(folder, own.cert(), "key", "(it is a directory)");
    assertRefused(own.key(), file(""), "cert", "(it is empty)");
    assertRefused(
        Path.of("none.pem"), own.cert(), "key",
        "(there is none at " + Path.of("none.pem").toAbsolutePath() + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\\nMII= | it is encrypted",
        "-----BEGIN RSA PRIVATE KEY-----\\nProc-Type: 4,ENCRYPTED\\n | it is encrypted",
        "hello | it has no -----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----\\n | it is damaged",
      })
  void givenNoKeyThatCanBeUsed_whenChecked_thenTheLineSaysWhy(String text, String why)
      throws IOException {
    assertRefused(file(text.replace("\\n", "\n")), own.cert(), "key", why);
  }

  @Test
  void givenDerInsteadOfPem_whenChecked_thenTheLineSaysSo() throws IOException {
    String pem = Files.readString(own.cert(), StandardCharsets.US_ASCII);
    String text = pem.replaceAll("-----[A-Z ]+-----", "");
    Path der =
        Files.write(folder.resolve("made.der"), Base64.getMimeDecoder().decode(text));

    assertRefused(own.key(), der, "cert", "it is binary, DER or PKCS #12");
    assertRefused(der, own.cert(), "key", "it is binary, DER or PKCS #12");
  }

  @Test
  void givenACertificateThatIsDamaged_whenChecked_thenTheLineSaysSo() throws IOException {
    Path cert = file("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

    assertRefused(own.key(), cert, "cert", "a certificate in it is damaged");
  }

  @Test
  void givenAChainThatDoesNotBeginWithTheOwnCertificate_whenChecked_thenItIsRefused()
      throws IOException {
    Path chain = file(Files.readString(other.cert()), Files.readString(own.cert()));

    assertRefused(own.key(), chain, "cert", "the server's own certificate first");
  }

  @Test
  void givenACertificateOutOfItsTime_whenChecked_thenItIsUsedAndObjectedTo() {
    assertThat(check(own.key(), own.cert(), Instant.now().plus(Duration.ofDays(9))))
        .singleElement().asString()
        .contains("the certificate in " + own.cert() + " has expired on ");
    assertThat(check(own.key(), own.cert(), Instant.now().minus(Duration.ofDays(9))))
        .singleElement().asString()
        .contains("the certificate in " + own.cert() + " is not valid before ");
  }
}
