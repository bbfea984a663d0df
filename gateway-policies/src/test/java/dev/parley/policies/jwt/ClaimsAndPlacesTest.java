package dev.parley.policies.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.ClientRequest;
import dev.parley.identity.Denial;
import dev.parley.identity.IdGrant;
import dev.parley.identity.Identity;
import dev.parley.policies.support.Requests;
import dev.parley.policies.support.Verdicts;
import dev.parley.policy.Policy;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where a token may stand, and what it says of its client. */
@ExtendWith(VertxExtension.class)
class ClaimsAndPlacesTest {

  private Vertx vertx;
  private JwtBench bench;

  @BeforeEach
  void start(Vertx given) {
    vertx = given;
    bench = JwtBench.of(vertx, JwtBench.SECRET);
  }

  private String token(Map<String, ?> claims) {
    return Signer.bySecret("HS256", Signer.SECRET, bench.claims(claims));
  }

  private Identity admitted(ClaimNames names, Map<String, ?> claims) {
    Policy policy = JwtBench.of(vertx, JwtBench.SECRET.with(
        options -> options.claims = names)).policy();
    return Verdicts.admitted(policy, JwtBench.showing(token(claims)));
  }

  private Policy from(TokenPlaces places) {
    return JwtBench.of(vertx, JwtBench.SECRET.with(options -> options.from = places)).policy();
  }

  @Test
  void givenNothingMore_whenATokenIsRead_thenTheSubjectIsTheOnlyIdUntilTheTokenExpires() {
    Identity anna = Verdicts.admitted(bench.policy(), JwtBench.showing(
        token(Map.of("roles", List.of("admin"), "ids", "*"))));

    assertThat(anna.subject()).isEqualTo("anna");
    assertThat(anna.onlyId()).contains("anna");
    assertThat(anna.roles()).isEmpty();
    assertThat(anna.expiry()).isEqualTo(bench.clock().instant().plus(Duration.ofSeconds(630)));
    for (String other : List.of("Anna", "anna ", "ann", "annab", "\u0430nna", "anna\u0301", "")) {
      assertThat(anna.ids().permits(other)).as(other).isFalse();
    }
  }

  @Test
  void givenClaimsForIds_whenATokenIsRead_thenTheSubjectAloneIsNoId() {
    ClaimNames names = new ClaimNames("sub", "id", "ids", null, null);

    IdGrant both = admitted(names, Map.of("id", "a-1", "ids", List.of("b-*", "c"))).ids();
    assertThat(List.of("a-1", "b-", "b-7", "c")).allMatch(both::permits);
    assertThat(List.of("anna", "a-", "a-11", "xb-1", "C")).noneMatch(both::permits);

    IdGrant several = admitted(names, Map.of("id", List.of("a-1", "a-2"))).ids();
    assertThat(several.permits("a-2")).isTrue();

    // A star is a character of an id, and more than that only in a pattern.
    assertThat(admitted(names, Map.of("id", "a*")).ids().permits("ab")).isFalse();
    assertThat(admitted(names, Map.of()).ids()).isEqualTo(IdGrant.NONE);
  }

  @Test
  void givenAPatternThatIsTooLong_whenATokenIsRead_thenItIsRefused() {
    JwtBench patterns = JwtBench.of(vertx, JwtBench.SECRET.with(
        options -> options.claims = new ClaimNames("sub", null, "ids", null, null)));

    patterns.denies(token(Map.of("ids", "a".repeat(257))), JwtOutcome.CLAIM);
    patterns.denies(token(Map.of("ids", List.of(""))), JwtOutcome.CLAIM);
    patterns.denies(token(Map.of("ids", Map.of("a", "b"))), JwtOutcome.CLAIM);
  }

  @Test
  void givenOtherNamesOfClaims_whenATokenIsRead_thenPathsAndPlainNamesAreFound() {
    ClaimNames paths = new ClaimNames("user.name", null, null, null, "realm_access.roles");
    Identity nested = admitted(paths, Map.of(
        "user", Map.of("name", "bert"), "realm_access", Map.of("roles", List.of("a", "b"))));
    assertThat(nested.subject()).isEqualTo("bert");
    assertThat(nested.roles()).containsExactlyInAnyOrder("a", "b");

    ClaimNames url = new ClaimNames("sub", null, null, null, "https://app.example/roles");
    assertThat(admitted(url, Map.of("https://app.example/roles", "x  y ")).roles())
        .containsExactlyInAnyOrder("x", "y");
  }

  @Test
  void givenARequiredClaim_whenATokenIsWithoutIt_thenItIsRefused() {
    JwtBench strict = JwtBench.of(vertx, JwtBench.SECRET.with(
        options -> options.required = List.of("exp", "email")));

    strict.denies(token(Map.of()), JwtOutcome.CLAIM);
    strict.admits(token(Map.of("email", "anna@example.com")));
  }

  @Test
  void givenATokenInEachPlace_whenTheDefaultsHold_thenAllButTheCookieCount() {
    Policy policy = bench.policy();
    String token = token(Map.of());

    assertThat(List.of(
        Requests.BARE.query("token", token),
        Requests.BARE.header("Authorization", "Bearer " + token),
        Requests.BARE.header("Authorization", "bearer  " + token),
        Requests.BARE.offering("parley.bearer", token),
        Requests.BARE.offering("chat", "parley.bearer", token)))
        .allSatisfy(client -> assertThat(Verdicts.admitted(policy, client).subject())
            .isEqualTo("anna"));
    assertThat(List.of(
        Requests.BARE,
        Requests.BARE.query("access_token", token),
        Requests.BARE.header("Authorization", "Basic " + token),
        Requests.BARE.header("Authorization", token),
        Requests.BARE.header("Authorization", "Bearer"),
        Requests.BARE.offering(token, ClientRequest.BEARER),
        Requests.BARE.offering(token),
        Requests.BARE.cookie("token", token).ofTrustedPage()))
        .allSatisfy(client -> Verdicts.unknown(policy, client));
  }

  @Test
  void givenACookie_whenItComesFromAForeignPage_thenItDoesNotCount() {
    Policy policy = from(new TokenPlaces(true, true, "token", Map.of(), "session"));
    Requests client = Requests.BARE.cookie("session", token(Map.of()));

    Verdicts.unknown(policy, client);
    assertThat(Verdicts.admitted(policy, client.ofTrustedPage()).subject()).isEqualTo("anna");
  }

  @Test
  void givenANameForEachDialect_whenATokenIsInTheQuery_thenTheDialectsOwnCounts() {
    Policy policy =
        from(new TokenPlaces(false, false, null, Map.of("linkup", "auth"), null));
    Requests client = Requests.BARE.query("auth", token(Map.of()));

    assertThat(Verdicts.admitted(policy, client.to("linkup")).subject()).isEqualTo("anna");
    Verdicts.unknown(policy, client.to("peerjs"));
    Verdicts.unknown(policy, Requests.BARE.query("token", token(Map.of())).to("linkup"));
  }

  @Test
  void givenARandomTextOfAPeerJsClient_whenATokenIsElsewhere_thenTheTokenCounts() {
    Requests client = Requests.BARE.query("token", "k5x2hm9q7ab")
        .header("Authorization", "Bearer " + token(Map.of()));

    assertThat(Verdicts.admitted(bench.policy(), client).subject()).isEqualTo("anna");
  }

  @Test
  void givenTwoTokens_whenTheFirstOneIsWrong_thenTheSecondOneDoesNotCount() {
    Requests client = Requests.BARE.header("Authorization", "Bearer a.b.c")
        .query("token", token(Map.of()));

    Verdicts.denied(bench.policy(), client, Denial.BAD_CREDENTIAL);
  }
}
