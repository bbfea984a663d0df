package dev.parley.policies.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ServiceUrl;
import dev.parley.identity.Denial;
import dev.parley.policies.jwt.JwtBench.OptionsOf;
import dev.parley.policies.support.TestWeb;
import dev.parley.policies.support.Verdicts;
import dev.parley.policy.Verdict;
import dev.parley.testkit.LogLines;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of an issuer whose keys are fetched, change, and cannot always be fetched. */
@ExtendWith(VertxExtension.class)
class IssuerKeysTest {

  private Vertx vertx;
  private TestIssuer issuer;

  @BeforeEach
  void start(Vertx given) {
    vertx = given;
    issuer = new TestIssuer(vertx);
    issuer.has(TestIssuer.jwk(Signer.P256, "first"));
  }

  private OptionsOf options() {
    return JwtBench.DEFAULT.with(options -> {
      options.jwks = issuer.keys();
      options.timeout = Duration.ofSeconds(30);
    });
  }

  private JwtBench bench() {
    return JwtBench.of(vertx, options());
  }

  private static String first(JwtBench bench) {
    return Signer.P256.token("ES256", "first", bench.claims());
  }

  private static String second(JwtBench bench) {
    return Signer.OTHER_P256.token("ES256", "second", bench.claims());
  }

  private static long counted(JwtBench bench, IssuerKeys.Fetch fetch) {
    return bench.counts().of("gate.jwt.keys", fetch.name().toLowerCase(Locale.ROOT));
  }

  static Stream<Arguments> kinds() {
    return Stream.of(Arguments.of("RS256", Signer.RSA), Arguments.of("PS512", Signer.RSA),
        Arguments.of("ES256", Signer.P256), Arguments.of("ES384", Signer.P384),
        Arguments.of("ES512", Signer.P521), Arguments.of("EdDSA", Signer.ED25519),
        Arguments.of("Ed25519", Signer.ED25519));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void givenAKeyOfAnIssuer_whenATokenIsSignedWithIt_thenItsSubjectIsAdmitted(
      String algorithm, Signer signer) {
    issuer.has(TestIssuer.jwk(signer, "one"));
    JwtBench bench = bench();

    bench.admits(signer.token(algorithm, "one", bench.claims()));
    bench.admits(signer.token(algorithm, "", bench.claims()));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "\"use\":\"enc\"", "\"key_ops\":[\"encrypt\"]", "\"key_ops\":[\"sign\"]",
    "\"alg\":\"ES384\""})
  void givenAKeyThatIsForSomethingElse_whenATokenIsSignedWithIt_thenItIsRefused(String field) {
    issuer.has(TestIssuer.jwk(Signer.P256, "first", field),
        TestIssuer.jwk(Signer.RSA, "fine", "\"use\":\"sig\"", "\"alg\":\"RS512\""));
    JwtBench bench = bench();
    bench.clock().pass(IssuerKeys.MIN_PAUSE);

    bench.denies(first(bench), JwtOutcome.UNKNOWN_KEY);
    bench.denies(Signer.RSA.token("RS256", "fine", bench.claims()), JwtOutcome.ALGORITHM);
    bench.admits(Signer.RSA.token("RS512", "fine", bench.claims()));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "\"use\":\"sig\"", "\"key_ops\":[\"verify\"]", "\"key_ops\":[\"sign\",\"verify\"]",
    "\"alg\":\"ES256\"", "\"x-more\":{\"any\":1}"})
  void givenAKeyThatIsForSignatures_whenATokenIsSignedWithIt_thenItIsAdmitted(String field) {
    issuer.has(TestIssuer.jwk(Signer.P256, "first", field));
    JwtBench bench = bench();

    bench.admits(first(bench));
  }

  @Test
  void givenASecretAmongTheKeys_whenATokenIsSignedWithIt_thenItIsRefused() {
    issuer.has(TestIssuer.jwk(Signer.P256, "first"),
        "{\"kty\":\"oct\",\"kid\":\"secret\",\"k\":\"" + Signer.encoded(Signer.SECRET) + "\"}");
    JwtBench bench = bench();

    bench.denies(
        Signer.bySecret("HS256", Signer.SECRET, bench.claims()), JwtOutcome.ALGORITHM);
    bench.admits(first(bench));
  }

  @Test
  void givenKeysOfUnknownKindsAndDamagedOnes_whenTheyAreFetched_thenTheOthersCount() {
    issuer.has("{\"kty\":\"XYZ\",\"kid\":\"a\"}", "{\"kty\":\"EC\",\"crv\":\"P-256\"}", "7",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"AAAA\",\"kid\":\"b\"}",
        "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"kid\":\"weak\"}",
        "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AAAA\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}",
        TestIssuer.jwk(Signer.P256, "first"));
    JwtBench bench = bench();

    bench.admits(first(bench));
  }

  @Test
  void givenAnIssuerThatRotatesItsKeys_whenATokenOfTheNewOneIsShown_thenItIsFetched() {
    JwtBench bench = bench();
    bench.admits(first(bench));
    issuer.has(TestIssuer.jwk(Signer.P256, "first"), TestIssuer.jwk(Signer.OTHER_P256, "second"));
    bench.clock().pass(IssuerKeys.MIN_PAUSE);

    bench.admits(second(bench));
    bench.admits(first(bench));

    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void givenAKeyThatTheIssuerHasWithdrawn_whenAKnownTokenOfItIsShown_thenItIsRefused() {
    JwtBench bench = bench();
    String token = first(bench);
    bench.admits(token);
    issuer.has(TestIssuer.jwk(Signer.OTHER_P256, "second"));
    bench.clock().pass(IssuerKeys.MIN_PAUSE);
    bench.admits(second(bench));

    bench.denies(token, JwtOutcome.UNKNOWN_KEY);
  }

  @Test
  void givenTheSameIdForAnotherKey_whenItHasBeenFetched_thenTokensOfTheFormerOneAreRefused() {
    JwtBench bench = bench();
    String token = first(bench);
    bench.admits(token);
    issuer.has(TestIssuer.jwk(Signer.OTHER_P256, "first"));
    bench.clock().pass(IssuerKeys.MIN_PAUSE);
    bench.denies(second(bench), JwtOutcome.UNKNOWN_KEY);

    bench.denies(token, JwtOutcome.SIGNATURE);
    bench.admits(Signer.OTHER_P256.token("ES256", "first", bench.claims()));
  }

  @Test
  void givenManyClientsWithANewKey_whenTheyComeAtOnce_thenTheyShareOneFetch() {
    JwtBench bench = bench();
    issuer.has(TestIssuer.jwk(Signer.OTHER_P256, "second"));
    bench.clock().pass(IssuerKeys.MIN_PAUSE);

    List<Future<Verdict>> asked = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String token = Signer.OTHER_P256.token(
          "ES256", "second", bench.claims(Map.of("sub", "user-" + i)));
      asked.add(bench.policy().authenticate(JwtBench.showing(token).handshake()));
    }

    for (Future<Verdict> each : asked) {
      assertThat(Waits.join("a verdict", each)).isInstanceOf(Verdict.Admitted.class);
    }
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void givenTokensOfKeysThatNeverWere_whenAThousandAreShown_thenTheIssuerIsAskedOnceInAWhile() {
    JwtBench bench = bench();

    for (int i = 0; i < 1_000; i++) {
      bench.denies(
          Signer.encoded("{\"alg\":\"ES256\",\"kid\":\"" + i + "\"}") + ".e30.AAAA",
          JwtOutcome.UNKNOWN_KEY);
      if (i == 500) {
        bench.clock().pass(IssuerKeys.MIN_PAUSE);
      }
    }

    assertThat(issuer.fetches()).isEqualTo(2);
    assertThat(counted(bench, IssuerKeys.Fetch.HELD_BACK)).isEqualTo(999);
    bench.admits(first(bench));
  }

  @Test
  void givenATokenOfAnotherAlgorithm_whenItNamesAKeyThatIsNotKnown_thenTheIssuerIsNotAsked() {
    JwtBench bench = bench();
    bench.clock().pass(IssuerKeys.MIN_PAUSE);

    bench.denies(Signer.bySecret("HS256", Signer.SECRET, bench.claims()), JwtOutcome.ALGORITHM);
    bench.denies(Signer.RSA.token("RS256", "first", bench.claims()), JwtOutcome.ALGORITHM);

    assertThat(issuer.fetches()).isEqualTo(1);
  }

  @Test
  void givenAnIssuerThatGoesAway_whenTimePasses_thenItsKeysAreGoodForAWhileAndComeBackWithIt() {
    try (LogLines log = new LogLines(IssuerKeys.class, issuer.url())) {
      JwtBench bench = bench();
      String token = first(bench);
      bench.admits(token);
      issuer.goDown();
      for (int minute = 0; minute < 10; minute++) {
        bench.clock().pass(Duration.ofSeconds(55));
        bench.denies(second(bench), JwtOutcome.UNKNOWN_KEY);
        bench.admits(first(bench));
      }
      assertThat(log.lines()).singleElement().asString()
          .contains("WARN", "the last ones are good for 1h", "status 503");

      bench.clock().pass(Duration.ofHours(1));
      bench.denies(first(bench), JwtOutcome.UNAVAILABLE);
      bench.denies(token, JwtOutcome.UNAVAILABLE);
      bench.clock().pass(IssuerKeys.MIN_PAUSE);
      bench.denies(first(bench), JwtOutcome.UNAVAILABLE);
      assertThat(log.lines()).hasSize(2).last().asString()
          .contains("clients with tokens are denied until");

      issuer.comeUp();
      bench.clock().pass(IssuerKeys.MIN_PAUSE);
      bench.admits(first(bench));
      assertThat(log.lines()).hasSize(3).last().asString().contains("INFO", "again");
      assertThat(counted(bench, IssuerKeys.Fetch.FAILED)).isEqualTo(12);
      assertThat(counted(bench, IssuerKeys.Fetch.FETCHED)).isEqualTo(2);
    }
  }

  @Test
  void givenAnIssuerThatIsDownAtTheStart_whenItComesUp_thenItsTokensAreAdmitted() {
    issuer.goDown();
    JwtBench bench = bench();
    bench.denies(first(bench), JwtOutcome.UNAVAILABLE);

    issuer.comeUp();
    bench.clock().pass(IssuerKeys.MIN_PAUSE);

    bench.admits(first(bench));
    assertThat(JwtOutcome.UNAVAILABLE.denial()).isEqualTo(Denial.UNAVAILABLE);
  }

  @Test
  void givenAnIssuerThatIsDown_whenNoClientComes_thenItIsAskedAgainAllTheSame() {
    issuer.goDown();
    JwtBench bench = JwtBench.of(vertx, options().with(
        options -> options.refresh = Duration.ofSeconds(1)));
    issuer.comeUp();

    Waits.until("another fetch", () -> counted(bench, IssuerKeys.Fetch.FETCHED) > 0);

    bench.admits(first(bench));
  }

  @Test
  void givenAnIssuerThatDoesNotAnswer_whenANewKeyIsWanted_thenClientsOfKnownOnesDoNotWait() {
    JwtBench bench = JwtBench.of(vertx, options().with(
        options -> options.timeout = Duration.ofSeconds(2)));
    Waits.until("the first keys", () -> counted(bench, IssuerKeys.Fetch.FETCHED) > 0);
    long failed = counted(bench, IssuerKeys.Fetch.FAILED);
    long fetches = issuer.fetches();
    issuer.goSilent();
    bench.clock().pass(IssuerKeys.MIN_PAUSE);

    Future<Verdict> waiting =
        bench.policy().authenticate(JwtBench.showing(second(bench)).handshake());
    Waits.until("the question", () -> issuer.fetches() > fetches);
    bench.admits(first(bench));

    assertThat(Waits.join("a verdict", waiting))
        .isEqualTo(new Verdict.Denied(Denial.BAD_CREDENTIAL));
    assertThat(counted(bench, IssuerKeys.Fetch.FAILED)).isEqualTo(failed + 1);
  }

  static Stream<Arguments> useless() {
    return Stream.of(Arguments.of(200, "{\"keys\":[]}"), Arguments.of(200, "{}"),
        Arguments.of(200, "<html>"), Arguments.of(200, ""), Arguments.of(404, "{\"keys\":[]}"),
        Arguments.of(200, "{\"keys\":[" + TestIssuer.jwk(Signer.P384, "x", "\"use\":\"enc\"")
            + "]}"),
        Arguments.of(200, "{\"keys\":[" + "[".repeat(10_000)),
        Arguments.of(200, " ".repeat(IssuerClient.MAX_BYTES + 1)));
  }

  @ParameterizedTest
  @MethodSource("useless")
  void givenAnAnswerWithoutKeys_whenItIsFetched_thenTheLastKeysStay(int status, String body) {
    JwtBench bench = bench();
    issuer.web().behave((asked, response) -> TestWeb.answer(response, status, body));
    bench.clock().pass(IssuerKeys.MIN_PAUSE);

    bench.denies(second(bench), JwtOutcome.UNKNOWN_KEY);

    bench.admits(first(bench));
    assertThat(counted(bench, IssuerKeys.Fetch.FAILED)).isEqualTo(1);
  }

  @Test
  void givenAnIssuerThatRedirects_whenItsKeysAreFetched_thenTheOtherPlaceIsNotAsked() {
    TestIssuer other = new TestIssuer(vertx);
    issuer.web().behave((asked, response) -> {
      response.putHeader("Location", other.keys().toString());
      TestWeb.answer(response, 302, "");
    });
    JwtBench bench = bench();

    bench.denies(first(bench), JwtOutcome.UNAVAILABLE);

    assertThat(other.web().asked()).isEmpty();
  }

  @Test
  void givenAnOpenIdProvider_whenOnlyItsNameIsConfigured_thenItsKeysAreFound() {
    JwtBench bench = JwtBench.of(vertx, JwtBench.DEFAULT.with(
        options -> options.issuer = issuer.url()));

    bench.admits(Signer.P256.token(
        "ES256", "first", bench.claims(Map.of("iss", issuer.url()))));

    assertThat(issuer.web().asked(TestIssuer.CONFIGURATION)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{\"issuer\":\"http://other.example\",\"jwks_uri\":\"URL\"}", "{\"jwks_uri\":\"URL\"}",
    "{\"issuer\":\"ISSUER\"}", "{\"issuer\":\"ISSUER\",\"jwks_uri\":\"file:///etc/passwd\"}",
    "{\"issuer\":\"ISSUER\",\"jwks_uri\":\"http://user:word@127.0.0.1/\"}",
    "{\"issuer\":\"ISSUER\",\"jwks_uri\":7}"})
  void givenAConfigurationThatIsNotTheIssuers_whenItIsRead_thenNoKeysAreFetched(String text) {
    String url = issuer.keys().uri().toString();
    String name = issuer.url();
    issuer.web().behave((asked, response) -> TestWeb.answer(
        response, 200, text.replace("URL", url).replace("ISSUER", name)));
    JwtBench bench = JwtBench.of(vertx, JwtBench.DEFAULT.with(
        options -> options.issuer = name));

    bench.denies(Signer.P256.token("ES256", "first", bench.claims(Map.of("iss", name))),
        JwtOutcome.UNAVAILABLE);

    assertThat(issuer.fetches()).isZero();
  }

  @Test
  void givenNoIssuerAtTheUrl_whenThePolicyStarts_thenItStartsAndDenies() {
    JwtBench bench = JwtBench.of(vertx, options().with(
        options -> options.jwks = ServiceUrl.parse("http://127.0.0.1:1/keys")));

    Verdicts.denied(
        bench.policy(), JwtBench.showing(first(bench)), Denial.UNAVAILABLE);
  }

  @Test
  void givenNoAudience_whenKeysAreFetched_thenALineSaysThatOthersTokensAreAdmittedToo() {
    try (LogLines log = new LogLines(JwtPolicy.class, "audience")) {
      var unused = bench();

      log.awaits("for other applications");
    }
  }
}
