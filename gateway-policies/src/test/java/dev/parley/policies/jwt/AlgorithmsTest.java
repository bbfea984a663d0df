package dev.parley.policies.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policies.support.Verdicts;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every algorithm, with a key of the configuration. */
@ExtendWith(VertxExtension.class)
class AlgorithmsTest {

  @TempDir private Path folder;

  static Stream<Arguments> byPublicKey() {
    return Stream.of(
        Arguments.of("RS256", Signer.RSA), Arguments.of("RS384", Signer.RSA),
        Arguments.of("RS512", Signer.RSA), Arguments.of("PS256", Signer.RSA),
        Arguments.of("PS384", Signer.RSA), Arguments.of("PS512", Signer.RSA),
        Arguments.of("ES256", Signer.P256), Arguments.of("ES384", Signer.P384),
        Arguments.of("ES512", Signer.P521), Arguments.of("EdDSA", Signer.ED25519),
        Arguments.of("Ed25519", Signer.ED25519));
  }

  private JwtBench bench(Vertx vertx, Signer signer, List<String> algorithms) throws IOException {
    Path file = Files.writeString(folder.resolve("key.pem"), signer.pem());
    return JwtBench.of(vertx, JwtBench.DEFAULT.with(options -> {
      options.keys = List.of(file.toString());
      options.algorithms = algorithms;
    }));
  }

  @ParameterizedTest
  @MethodSource("byPublicKey")
  void givenAPublicKey_whenATokenIsSignedWithItsPrivateOne_thenItsSubjectIsAdmitted(
      String algorithm, Signer signer, Vertx vertx) throws IOException {
    JwtBench bench = bench(vertx, signer, List.of());

    String token = signer.token(algorithm, "", bench.claims());

    assertThat(Verdicts.admitted(bench.policy(), JwtBench.showing(token)).subject())
        .isEqualTo("anna");
  }

  @ParameterizedTest
  @MethodSource("byPublicKey")
  void givenATokenOfWhichOneCharacterIsChanged_whenItIsShown_thenItIsRefused(
      String algorithm, Signer signer, Vertx vertx) throws IOException {
    JwtBench bench = bench(vertx, signer, List.of());
    String token = signer.token(algorithm, "", bench.claims());
    String others = signer.token(algorithm, "", bench.claims(Map.of("sub", "bert")));

    String forged = others.substring(0, others.lastIndexOf('.'))
        + token.substring(token.lastIndexOf('.'));

    bench.denies(forged, JwtOutcome.SIGNATURE);
    bench.admits(token);
  }

  @ParameterizedTest
  @MethodSource("byPublicKey")
  void givenOneAcceptedAlgorithm_whenATokenIsOfAnother_thenItIsRefused(
      String algorithm, Signer signer, Vertx vertx) throws IOException {
    JwtBench bench = bench(vertx, Signer.RSA, List.of("RS256"));

    String token = signer.token(algorithm, "", bench.claims());

    if (algorithm.equals("RS256")) {
      bench.admits(token);
    } else {
      bench.denies(token, JwtOutcome.ALGORITHM);
    }
  }

  private String write(String name, Signer signer) {
    try {
      return Files.writeString(folder.resolve(name), signer.pem()).toString();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS256", "HS384", "HS512"})
  void givenASecret_whenATokenIsSignedWithIt_thenItsSubjectIsAdmitted(
      String algorithm, Vertx vertx) {
    JwtBench bench = JwtBench.of(vertx, JwtBench.SECRET);

    String token = Signer.bySecret(algorithm, Signer.SECRET, bench.claims());

    assertThat(Verdicts.admitted(bench.policy(), JwtBench.showing(token)).subject())
        .isEqualTo("anna");
    bench.denies(
        Signer.bySecret(algorithm, Signer.SECRET + "x", bench.claims()), JwtOutcome.SIGNATURE);
  }

  @Test
  void givenAShortSecret_whenATokenIsOfALongerHash_thenItIsRefused(Vertx vertx) {
    String secret = Signer.SECRET.substring(0, 40);
    JwtBench bench = JwtBench.of(vertx, JwtBench.DEFAULT.secret(secret));

    bench.admits(Signer.bySecret("HS256", secret, bench.claims()));
    String signed = Signer.encoded("{\"alg\":\"HS384\"}") + "."
        + Signer.encoded(Signer.json(bench.claims()));
    // The secret, filled up with zeros, is the same key of the MAC.
    byte[] filled = Arrays.copyOf(
        secret.getBytes(StandardCharsets.US_ASCII), 48);
    bench.denies(signed + "." + Signer.mac("HS384", filled, signed), JwtOutcome.ALGORITHM);
  }

  @Test
  void givenTwoKindsOfKeys_whenTokensAreSignedWithEither_thenBothAreAdmitted(Vertx vertx)
      throws IOException {
    String first = write("first.pem", Signer.RSA);
    String second = write("second.pem", Signer.P256);
    JwtBench bench = JwtBench.of(vertx, JwtBench.SECRET.with(
        options -> options.keys = List.of(first, second)));

    bench.admits(Signer.RSA.token("RS256", "", bench.claims()));
    bench.admits(Signer.P256.token("ES256", "any", bench.claims()));
    bench.admits(Signer.bySecret("HS256", Signer.SECRET, bench.claims()));
  }
}
