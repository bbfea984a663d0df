package dev.parley.policies.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.ConfigurationException;
import dev.parley.identity.Denial;
import dev.parley.identity.IdPattern;
import dev.parley.identity.Identity;
import dev.parley.policies.support.Requests;
import dev.parley.policies.support.Verdicts;
import dev.parley.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys of an application's servers. */
class KeysPolicyTest {

  private static final String BACKEND = "b".repeat(32);
  private static final String BOTS = "t".repeat(64);
  private static final String RED = "r".repeat(40);

  private final Policy policy = new KeysPolicy(new KeysOptions(
      Map.of(
          "backend", holder(BACKEND, List.of(), List.of(), null),
          "bots", holder(BOTS, List.of("boss"), List.of(new IdPattern("bot-*")), null),
          "red", holder(RED, List.of(), List.of(), "red")),
      true, "api_key"));

  private static KeyHolder holder(
      String key, List<String> ids, List<IdPattern> patterns, String realm) {
    return new KeyHolder(KeyHash.of(key), ids, patterns, List.of("server"), realm);
  }

  private static Requests bearing(String key) {
    return Requests.BARE.header("Authorization", "Bearer " + key);
  }

  @Test
  void givenAKey_whenItIsShown_thenItsHolderIsAdmittedWithItsIds() {
    Identity backend = Verdicts.admitted(policy, bearing(BACKEND));
    assertThat(backend.subject()).isEqualTo("backend");
    assertThat(backend.onlyId()).contains("backend");
    assertThat(backend.roles()).containsExactly("server");
    assertThat(backend.expiry()).isNull();

    Identity bots = Verdicts.admitted(policy, Requests.BARE.query("api_key", BOTS));
    assertThat(List.of("boss", "bot-1")).allMatch(bots.ids()::permits);
    assertThat(List.of("bots", "bot", "Bot-1")).noneMatch(bots.ids()::permits);
  }

  @Test
  void givenATextThatIsNoKey_whenItIsShown_thenPoliciesBehindThisOneAreAsked() {
    for (String text : List.of(
        "x", BACKEND + "b", BACKEND.substring(1), BACKEND.toUpperCase(Locale.ROOT),
        KeyHash.of(BACKEND), "b".repeat(100_000))) {
      Verdicts.unknown(policy, bearing(text));
      Verdicts.unknown(policy, Requests.BARE.query("api_key", text));
    }
    Verdicts.unknown(policy, Requests.BARE);
    Verdicts.unknown(policy, Requests.BARE.query("token", BACKEND));
    Verdicts.unknown(policy, Requests.BARE.cookie("api_key", BACKEND).ofTrustedPage());
  }

  @Test
  void givenSomethingElseInTheHeader_whenAKeyIsInTheQuery_thenTheKeyCounts() {
    assertThat(Verdicts.admitted(policy, bearing("x").query("api_key", BACKEND)).subject())
        .isEqualTo("backend");
  }

  @Test
  void givenAKeyOfAnotherRealm_whenItIsShown_thenItIsForeign() {
    Verdicts.denied(policy, bearing(RED), Denial.FOREIGN_CREDENTIAL);
    assertThat(Verdicts.admitted(policy, bearing(RED).in("red")).subject()).isEqualTo("red");
  }

  @Test
  void givenKeysInTheHeaderAlone_whenOneIsInTheQuery_thenItDoesNotCount() {
    Policy header = new KeysPolicy(new KeysOptions(
        Map.of("backend", holder(BACKEND, List.of(), List.of(), null)), true, null));

    Verdicts.unknown(header, Requests.BARE.query("api_key", BACKEND));
  }

  @Test
  void givenTheClassThatCompares_whenItsCodeIsRead_thenHashesAreComparedInConstantTimeAlone()
      throws IOException {
    try (InputStream in = KeysPolicy.class.getResourceAsStream("KeysPolicy.class")) {
      String code = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);

      assertThat(code).contains("java/security/MessageDigest", "isEqual");
      assertThat(code).doesNotContain("java/util/Arrays", "formatHex", "mismatch", "compareTo");
    }
  }

  @Test
  void givenAKey_whenItIsHashed_thenTheHashIsThatOfAnyTool() {
    // printf %032d 0 | sha256sum
    assertThat(KeyHash.of("0".repeat(32))).isEqualTo(
        "sha256:84e0c0eafaa95a34c293f278ac52e45ce537bab5e752a00e6959a13ae103b65a");
    assertThatThrownBy(() -> KeyHash.of("a short secret"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("32 characters").hasMessageNotContaining("a short secret");
  }

  @Test
  void givenWhatIsNoHash_whenTheOptionsAreMade_thenItIsRefusedAndNotShown() {
    for (String text : List.of(BACKEND, "sha256:" + BACKEND, "md5:" + BACKEND, "")) {
      assertThatThrownBy(() -> new KeyHolder(text, List.of(), List.of(), List.of(), null))
          .isInstanceOf(ConfigurationException.class).hasMessageContaining("sha256:")
          .hasMessageNotContaining(BACKEND);
    }
    assertThatThrownBy(() -> new KeysOptions(Map.of(), false, null))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("header");
    assertThatThrownBy(() -> new KeysOptions(Map.of(), true, " "))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("query");
  }
}
