package dev.parley.policies.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import dev.parley.identity.Denial;
import dev.parley.policies.support.Requests;
import dev.parley.policies.support.TestWeb;
import dev.parley.policies.support.Verdicts;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are made to get in without a right to. */
@ExtendWith(VertxExtension.class)
class JwtAttacksTest {

  @TempDir private Path folder;

  private JwtBench rsa;
  private JwtBench secret;

  @BeforeEach
  void start(Vertx vertx) throws IOException {
    Path file = Files.writeString(folder.resolve("key.pem"), Signer.RSA.pem());
    rsa = JwtBench.of(vertx, JwtBench.DEFAULT.with(options -> {
      options.keys = List.of(file.toString());
      options.issuer = "https://issuer.example";
      options.audience = List.of("parley", "parley-2");
    }));
    secret = JwtBench.of(vertx, JwtBench.SECRET);
  }

  private Map<String, Object> claims(Map<String, ?> others) {
    Map<String, Object> claims =
        rsa.claims(Map.of("iss", "https://issuer.example", "aud", "parley"));
    claims.putAll(others);
    return claims;
  }

  private String token(Map<String, ?> others) {
    return Signer.RSA.token("RS256", "", claims(others));
  }

  /** Right claims under another header. */
  private String under(String header) {
    return Signer.RSA.raw("RS256", header, Signer.json(claims(Map.of())));
  }

  @Test
  void givenARightToken_whenItIsShown_thenItsSubjectIsAdmitted() {
    rsa.admits(token(Map.of()));
    rsa.admits(under("{\"alg\":\"RS256\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE"})
  void givenATokenOfAlgorithmNone_whenItIsShown_thenItIsRefused(String none) {
    String header = Signer.encoded("{\"alg\":\"" + none + "\"}");
    String body = Signer.encoded(Signer.json(claims(Map.of())));

    rsa.denies(header + "." + body + ".", JwtOutcome.MALFORMED);
    rsa.denies(header + "." + body + ".AAAA", JwtOutcome.ALGORITHM);
    secret.denies(header + "." + body + ".", JwtOutcome.MALFORMED);
    secret.denies(header + "." + body + ".AAAA", JwtOutcome.ALGORITHM);
  }

  @Test
  void givenThePublicKeyAsSecret_whenATokenIsSignedWithIt_thenItIsRefused() {
    String signed = Signer.encoded("{\"alg\":\"HS256\"}") + "."
        + Signer.encoded(Signer.json(claims(Map.of())));
    List<byte[]> forms = List.of(
        Signer.RSA.pem().getBytes(StandardCharsets.US_ASCII),
        Signer.RSA.pem().strip().getBytes(StandardCharsets.US_ASCII),
        Signer.RSA.publicKey().getEncoded(),
        ((RSAPublicKey) Signer.RSA.publicKey()).getModulus().toByteArray());

    for (byte[] form : forms) {
      rsa.denies(signed + "." + Signer.mac("HS256", form, signed), JwtOutcome.ALGORITHM);
    }
  }

  @Test
  void givenAPublicKeyAndASecret_whenTheKeyIsUsedAsSecret_thenTheTokenIsRefused(Vertx vertx) {
    JwtBench both = JwtBench.of(vertx, JwtBench.SECRET.with(
        options -> options.keys = List.of(folder.resolve("key.pem").toString())));
    String signed = Signer.encoded("{\"alg\":\"HS256\"}") + "."
        + Signer.encoded(Signer.json(both.claims()));

    both.denies(signed + "." + Signer.mac(
        "HS256", Signer.RSA.pem().getBytes(StandardCharsets.US_ASCII), signed),
        JwtOutcome.SIGNATURE);
    both.admits(Signer.RSA.token("RS256", "", both.claims()));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "https://issuer.example/", "https://issuer.example.evil.example", "HTTPS://issuer.example",
    "https://issuer", ""})
  void givenAnotherIssuer_whenItsTokenIsShown_thenItIsForeign(String issuer) {
    rsa.denies(token(Map.of("iss", issuer)), JwtOutcome.ISSUER);
    assertThat(JwtOutcome.ISSUER.denial()).isEqualTo(Denial.FOREIGN_CREDENTIAL);
  }

  @Test
  void givenClaimsOfOtherTypes_whenTheTokenIsShown_thenItIsRefused() {
    rsa.denies(token(Map.of("iss", List.of("https://issuer.example"))), JwtOutcome.ISSUER);
    rsa.denies(token(Map.of("aud", Map.of("parley", true))), JwtOutcome.CLAIM);
    rsa.denies(token(Map.of("aud", List.of("parley", 1))), JwtOutcome.CLAIM);
    rsa.denies(token(Map.of("sub", 7)), JwtOutcome.CLAIM);
    rsa.denies(token(Map.of("sub", "")), JwtOutcome.CLAIM);
    rsa.denies(token(Map.of("exp", "9999999999")), JwtOutcome.CLAIM);
    rsa.denies(token(Map.of("exp", -1)), JwtOutcome.CLAIM);
    rsa.denies(token(Map.of("exp", 1e300)), JwtOutcome.CLAIM);
    rsa.denies(token(Map.of("nbf", true)), JwtOutcome.CLAIM);
  }

  @Test
  void givenAnotherAudience_whenTheTokenIsShown_thenItIsForeign() {
    rsa.denies(token(Map.of("aud", "parley-3")), JwtOutcome.AUDIENCE);
    rsa.denies(token(Map.of("aud", List.of("other", "Parley"))), JwtOutcome.AUDIENCE);
    rsa.denies(token(Map.of("aud", List.of())), JwtOutcome.AUDIENCE);
    rsa.admits(token(Map.of("aud", List.of("other", "parley-2"))));
  }

  @Test
  void givenATokenThatHasExpired_whenItIsShown_thenItIsRefusedAfterTheLeeway() {
    long now = rsa.clock().instant().getEpochSecond();

    rsa.admits(token(Map.of("exp", now - 29)));
    rsa.denies(token(Map.of("exp", now - 30)), JwtOutcome.EXPIRED);
    rsa.denies(token(Map.of("exp", 0)), JwtOutcome.EXPIRED);
  }

  @Test
  void givenATokenThatIsKnown_whenItExpires_thenItIsRefused() {
    String token = token(Map.of());
    rsa.admits(token);

    rsa.clock().pass(Duration.ofSeconds(629));
    rsa.admits(token);
    rsa.clock().pass(Duration.ofSeconds(1));

    rsa.denies(token, JwtOutcome.EXPIRED);
  }

  @Test
  void givenATokenOfTheFuture_whenItIsShown_thenItIsRefusedUntilThen() {
    long now = rsa.clock().instant().getEpochSecond();
    String token = token(Map.of("nbf", now + 31));

    rsa.denies(token, JwtOutcome.NOT_YET_VALID);
    rsa.clock().pass(Duration.ofSeconds(1));
    rsa.admits(token);
  }

  @Test
  void givenATokenWithoutAnExpiry_whenItIsShown_thenItIsRefused() {
    Map<String, Object> claims = claims(Map.of());
    claims.remove("exp");

    rsa.denies(Signer.RSA.token("RS256", "", claims), JwtOutcome.CLAIM);
  }

  @Test
  void givenATokenOf8KiB_whenOneCharacterIsAdded_thenItIsRefusedUnread() {
    String shorter = token(Map.of("pad", ""));
    // Three bytes are four characters.
    int room = (CompactToken.MAX_LENGTH - shorter.length()) / 4 * 3;
    String longest = token(Map.of("pad", "x".repeat(room)));
    assertThat(longest.length()).isBetween(
        CompactToken.MAX_LENGTH - 4, CompactToken.MAX_LENGTH);
    String longer = token(Map.of("pad", "x".repeat(room + 6)));

    rsa.admits(longest);
    rsa.denies(longer, JwtOutcome.MALFORMED);
  }

  @Test
  void givenDeepClaims_whenTheTokenIsShown_thenItIsRefused() {
    String fine = "[".repeat(14) + "]".repeat(14);
    String deep = "[".repeat(1_000) + "]".repeat(1_000);
    String claims = Signer.json(claims(Map.of()));

    rsa.admits(Signer.RSA.raw("RS256", "{\"alg\":\"RS256\"}",
        claims.replaceFirst("\\{", "{\"x\":" + fine + ",")));
    rsa.denies(Signer.RSA.raw("RS256", "{\"alg\":\"RS256\"}",
        claims.replaceFirst("\\{", "{\"x\":" + deep + ",")), JwtOutcome.MALFORMED);
    rsa.denies(under("{\"alg\":\"RS256\",\"x\":" + deep + "}"), JwtOutcome.MALFORMED);
  }

  @Test
  void givenAClaimTwice_whenTheTokenIsShown_thenItIsRefused() {
    String claims = Signer.json(claims(Map.of()));

    rsa.denies(Signer.RSA.raw("RS256", "{\"alg\":\"RS256\"}",
        claims.replaceFirst("\\{", "{\"sub\":\"bert\",")), JwtOutcome.MALFORMED);
    // As escaped text it is the same name.
    rsa.denies(Signer.RSA.raw("RS256", "{\"alg\":\"RS256\"}",
        claims.replaceFirst("\\{", "{\"s\\\\u0075b\":\"bert\",")), JwtOutcome.MALFORMED);
    rsa.denies(under("{\"alg\":\"RS256\",\"alg\":\"none\"}"), JwtOutcome.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{\"alg\":\"RS256\",\"crit\":[\"exp\"],\"exp\":1}", "{\"alg\":\"RS256\",\"crit\":[]}",
    "{\"alg\":\"RS256\",\"b64\":false}", "{\"alg\":\"RS256\",\"zip\":\"DEF\"}",
    "{\"alg\":\"RS256\",\"typ\":\"logout+jwt\"}", "{\"alg\":\"RS256\",\"typ\":7}",
    "{\"alg\":\"RS256\",\"kid\":7}", "{\"alg\":[\"RS256\"]}", "{}", "[]", "null", "7", "\"x\"",
    "{\"alg\":\"RS256\"}{}", "{\"alg\":\"RS256\"", "{'alg':'RS256'}",
    "\uFEFF{\"alg\":\"RS256\"}"})
  void givenAHeaderThatIsNotPlain_whenTheTokenIsShown_thenItIsRefused(String header) {
    rsa.denies(under(header), JwtOutcome.MALFORMED);
  }

  @Test
  void givenClaimsInUtf16_whenTheTokenIsShown_thenTheyAreNotGuessedToBeText() {
    String signed = Signer.encoded("{\"alg\":\"HS256\"}") + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(
            Signer.json(secret.claims()).getBytes(StandardCharsets.UTF_16BE));

    secret.denies(signed + "." + Signer.mac(
        "HS256", Signer.SECRET.getBytes(StandardCharsets.US_ASCII), signed),
        JwtOutcome.MALFORMED);
  }

  @Test
  void givenATokenThatBringsItsOwnKey_whenItIsShown_thenTheKeyIsNotUsed(Vertx vertx) {
    TestWeb evil = new TestWeb(vertx, (asked, response) -> TestWeb.answer(response, 200, "{}"));
    String jwk = new RSAKey.Builder((RSAPublicKey) Signer.OTHER_RSA.publicKey()).build()
        .toJSONString();
    String claims = Signer.json(claims(Map.of()));
    for (String field : List.of(
        "\"jwk\":" + jwk, "\"jku\":\"" + evil.url("/keys") + "\"",
        "\"x5u\":\"" + evil.url("/certificate") + "\"", "\"x5c\":[\"MIIB\"]")) {
      String header = "{\"alg\":\"RS256\"," + field + "}";

      rsa.denies(Signer.OTHER_RSA.raw("RS256", header, claims), JwtOutcome.SIGNATURE);
      // With the right key the field has no effect either.
      rsa.admits(Signer.RSA.raw("RS256", header, claims));
    }
    assertThat(evil.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "../../../../dev/null", "/proc/sys/kernel/randomize_va_space", "key.pem", "' OR 1=1 --",
    "http://127.0.0.1/", "\u0000"})
  void givenAKeyIdThatIsAPath_whenATokenIsSignedWithWhatIsThere_thenItIsRefused(String keyId) {
    // What an empty file would be as a secret, filled up to the length of one.
    String signed = Signer.encoded(Signer.json(Map.of("alg", "HS256", "kid", keyId))) + "."
        + Signer.encoded(Signer.json(secret.claims()));

    secret.denies(
        signed + "." + Signer.mac("HS256", new byte[32], signed), JwtOutcome.SIGNATURE);
    rsa.denies(Signer.OTHER_RSA.token("RS256", keyId, claims(Map.of())), JwtOutcome.SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b.c", "e30.e30.e30", "-.-._", "x.y.", "eyJhbGciOiJSUzI1NiJ9.e30."})
  void givenATextOfATokensForm_whenItIsNone_thenItIsRefused(String text) {
    Verdicts.denied(rsa.policy(), JwtBench.showing(text), Denial.BAD_CREDENTIAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "k5x2hm9q7ab", "a.b", "a.b.c.d", "..", ".a.b", "a..c", "a.b.c d", "a.b.c=", "ä.b.c", "a.b.c\n",
    "0.8372615"})
  void givenATextThatAClientMadeUp_whenItIsShown_thenItIsNoCredential(String text) {
    Verdicts.unknown(rsa.policy(), JwtBench.showing(text));
  }

  @Test
  void givenATokenOfAnotherRealm_whenItIsShown_thenItIsForeign(Vertx vertx) {
    JwtBench bench = JwtBench.of(vertx, JwtBench.SECRET.with(
        options -> options.claims = new ClaimNames("sub", null, null, "realm", null)));
    String token = Signer.bySecret("HS256", Signer.SECRET, bench.claims(Map.of("realm", "red")));
    Requests client = JwtBench.showing(token);

    var unused = Verdicts.admitted(bench.policy(), client.in("red"));
    // The token is known now, and still foreign elsewhere.
    for (String other : List.of("default", "RED", "re", "red ", "")) {
      Verdicts.denied(bench.policy(), client.in(other), Denial.FOREIGN_CREDENTIAL);
    }
    String without = Signer.bySecret("HS256", Signer.SECRET, bench.claims());
    Verdicts.denied(
        bench.policy(), JwtBench.showing(without).in("red"), Denial.FOREIGN_CREDENTIAL);
  }

  @Test
  void givenATokenThatIsKnown_whenAnotherSignatureIsBehindIt_thenItIsVerifiedAgain() {
    String token = token(Map.of());
    rsa.admits(token);

    String altered = token.substring(0, token.length() - 4) + "AAAA";

    rsa.denies(altered, JwtOutcome.SIGNATURE);
  }
}
