package dev.parley.policies.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.ConfigurationException;
import dev.parley.config.ServiceUrl;
import dev.parley.policies.jwt.JwtBench.OptionsOf;
import dev.parley.policies.support.CountedEvents;
import dev.parley.policies.support.TestClock;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.testkit.TestCertificate;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Options that contradict each other, or that would let in too many, are refused at the start. */
@ExtendWith(VertxExtension.class)
class JwtOptionsTest {

  @TempDir private Path folder;

  private Vertx vertx;

  @BeforeEach
  void start(Vertx given) {
    vertx = given;
  }

  private Policy create(OptionsOf options) {
    return new JwtPolicyProvider().create(options.options(),
        new PolicyContext("default", vertx, new CountedEvents(), new TestClock()));
  }

  private void refused(OptionsOf base, Consumer<JwtOptionsChange> change, String key,
      String expected) {
    assertThatThrownBy(() -> create(base.with(change)))
        .isInstanceOfSatisfying(ConfigurationException.class, wrong -> {
          assertThat(wrong.key()).isEqualTo(key);
          assertThat(wrong).hasMessageContaining(expected)
              .hasMessageNotContaining(Signer.SECRET.substring(0, 31));
        });
  }

  private String file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text).toString();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void givenNoKeysAtAll_whenThePolicyIsMade_thenItIsRefused() {
    refused(JwtBench.DEFAULT, o -> {}, "secret", "one of keys, jwks and issuer");
    refused(JwtBench.DEFAULT, o -> o.issuer = "example", "issuer", "https://");
    refused(JwtBench.DEFAULT, o -> o.issuer = "not a url", "issuer", "the URL of an OpenID");
    refused(JwtBench.DEFAULT, o -> o.issuer = "file:///etc", "issuer", "the URL of an OpenID");
  }

  @Test
  void givenASecretThatIsTooShort_whenThePolicyIsMade_thenItIsRefusedAndNotShown() {
    refused(JwtBench.DEFAULT.secret(Signer.SECRET.substring(0, 31)), o -> {}, "secret", "32 bytes");
    refused(JwtBench.DEFAULT.secret(Signer.SECRET.substring(0, 47)),
        o -> o.algorithms = List.of("HS384"), "secret", "48 for HS384");
    refused(JwtBench.DEFAULT.secret(Signer.SECRET.substring(0, 63)),
        o -> o.algorithms = List.of("HS256", "HS512"), "secret", "64 for HS512");
  }

  @Test
  void givenAlgorithmsThatDoNotFit_whenThePolicyIsMade_thenTheyAreRefused() {
    refused(JwtBench.SECRET, o -> o.algorithms = List.of("none"), "algorithms.0", "HS256, HS384");
    refused(JwtBench.SECRET, o -> o.algorithms = List.of("HS256", "RS256"), "algorithms.1",
        "one by a secret");
    refused(JwtBench.DEFAULT, o -> {
      o.jwks = ServiceUrl.parse("https://issuer.example/keys");
      o.algorithms = List.of("HS256");
    }, "algorithms.0", "one by a public key");
    refused(JwtBench.DEFAULT, o -> {
      o.keys = List.of(file("key.pem", Signer.RSA.pem()));
      o.algorithms = List.of("ES256");
    }, "keys.0", "fits none of the algorithms ES256");
  }

  @Test
  void givenFilesThatHaveNoPublicKey_whenThePolicyIsMade_thenTheLineSaysWhy() {
    for (List<String> each : List.of(
        List.of("", "no -----BEGIN"),
        List.of("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "-pubout"),
        List.of("-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----", "PKCS #1"),
        List.of("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "damaged"),
        List.of("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "damaged"),
        List.of(Signer.pair("RSA", 1024).pem(), "less than 2048"),
        List.of(Signer.pair("X25519", 255).pem(), "of another kind"))) {
      String file = file("key.pem", each.getFirst());
      refused(JwtBench.DEFAULT, o -> o.keys = List.of(file), "keys.0", each.getLast());
    }
    refused(JwtBench.DEFAULT, o -> o.keys = List.of("/no/such/file"), "keys.0", "there is none");
    refused(JwtBench.DEFAULT, o -> o.keys = List.of(folder.toString()), "keys.0", "cannot be read");
  }

  @Test
  void givenUrlsAndTimesThatCannotBe_whenTheOptionsAreMade_thenTheyAreRefused() {
    refused(JwtBench.DEFAULT, o -> o.jwks = ServiceUrl.parse("redis://host"), "jwks", "https://");
    refused(JwtBench.DEFAULT, o -> o.jwks = ServiceUrl.parse("https://a:b@host/"), "jwks",
        "without user");
    refused(JwtBench.SECRET, o -> o.leeway = Duration.ofHours(1), "leeway", "600s");
    refused(JwtBench.SECRET, o -> o.refresh = Duration.ZERO, "refresh", "1000ms");
  }

  @Test
  void givenACertificate_whenItIsTheKey_thenThePolicyIsMade() {
    Path certificate = TestCertificate.in(folder).cert();

    Policy policy = create(JwtBench.DEFAULT.with(o -> o.keys = List.of(certificate.toString())));

    var unused = Waits.join("the end", policy.close());
  }

  @Test
  void givenOptionsWithASecret_whenTheyAreShown_thenItIsMasked() {
    assertThat(JwtBench.SECRET.options().toString()).doesNotContain(Signer.SECRET);
    assertThat(create(JwtBench.SECRET).toString()).isEqualTo("jwt");
  }
}
