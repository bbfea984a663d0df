package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.ConfigurationException;
import dev.parley.config.Secret;
import dev.parley.identity.IdGrant;
import dev.parley.identity.IdPattern;
import dev.parley.identity.Identity;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdPolicyTest {

  private static final Secret SECRET = new Secret("a secret of a realm");

  private static IdPolicies of(IdPolicy policy) {
    return new IdPolicies(new IdPolicies.Table(Map.of("guarded", policy), IdPolicy.ANY));
  }

  private static IdPolicy given(Secret secret) {
    return new IdPolicy(secret, List.of(), List.of(), List.of());
  }

  private static List<IdPattern> patterns(String... texts) {
    return List.of(texts).stream().map(IdPattern::new).toList();
  }

  private static boolean permit(IdPolicies policies, String id, Identity identity) {
    return policies.permit(new PeerAddress("guarded", id), identity);
  }

  private static boolean permit(IdPolicies policies, String id) {
    return permit(policies, id, Identity.ANYONE);
  }

  @Test
  void givenNoPolicy_whenIdsAreAskedFor_thenAllArePermittedAndMadeAsUsual() {
    IdPolicies policies = new IdPolicies();

    assertThat(permit(policies, "anything at all")).isTrue();
    assertThat(policies.newId("guarded", () -> "usual")).isEqualTo("usual");
  }

  @Test
  void givenGivenIdsOnly_whenTheServerHasMadeOne_thenEveryNodeWithTheSecretKnowsIt() {
    IdPolicies one = of(given(SECRET));
    IdPolicies other = of(given(new Secret(SECRET.value())));

    String id = one.newId("guarded", () -> "usual");

    assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(permit(other, id)).isTrue();
    assertThat(one.newId("guarded", () -> "usual")).isNotEqualTo(id);
    assertThat(one.newId("elsewhere", () -> "usual")).isEqualTo("usual");
  }

  @Test
  void givenGivenIdsOnly_whenAClientHasMadeOrChangedOne_thenItIsForbidden() {
    IdPolicies policies = of(given(SECRET));
    String id = policies.newId("guarded", () -> "usual");

    assertThat(permit(policies, "alice")).isFalse();
    assertThat(permit(policies, "5c5b1c2e-6f2e-8b5d-9d43-0f6d2a7f7f3e")).isFalse();
    assertThat(permit(policies, id.toUpperCase(Locale.ROOT) + "0")).isFalse();
    assertThat(permit(policies, id + "0")).isFalse();
    assertThat(permit(policies, " " + id.substring(1))).isFalse();
    assertThat(permit(of(given(new Secret("the secret of another"))), id)).isFalse();
    for (int i = 0; i < id.length(); i++) {
      char changed = id.charAt(i) == '0' ? '1' : '0';
      String forged = id.substring(0, i) + changed + id.substring(i + 1);
      assertThat(permit(policies, forged)).as(forged).isFalse();
    }
  }

  @Test
  void givenGivenIdsOnly_whenTheyAreWrittenOtherwise_thenTheyAreOtherIds() {
    IdPolicies policies = of(given(SECRET));
    String id = policies.newId("guarded", () -> "usual");
    while (id.equals(id.toUpperCase(Locale.ROOT))) {
      id = policies.newId("guarded", () -> "usual");
    }

    assertThat(permit(policies, id.toUpperCase(Locale.ROOT))).isFalse();
    assertThat(permit(policies, id.replaceFirst("^0", ""))).isEqualTo(!id.startsWith("0"));
  }

  @Test
  void givenGivenIdsOfOneRealm_whenAnotherRealmHasTheSameSecret_thenItDoesNotTakeThem() {
    IdPolicies policies = new IdPolicies(
        new IdPolicies.Table(Map.of(), given(SECRET)));
    String id = policies.newId("one", () -> "usual");

    assertThat(policies.permit(new PeerAddress("one", id), Identity.ANYONE)).isTrue();
    assertThat(policies.permit(new PeerAddress("other", id), Identity.ANYONE)).isFalse();
  }

  @Test
  void givenGivenIdsOnly_whenAnIdentityNamesAnId_thenThatIsGivenToo() {
    IdPolicies policies = of(given(SECRET));

    assertThat(permit(policies, "alice", Identity.of("alice"))).isTrue();
    assertThat(permit(policies, "bob", Identity.of("alice"))).isFalse();
    IdGrant some = new IdGrant(Set.of(), patterns("alice-*"));
    assertThat(permit(policies, "alice-1", new Identity("alice", Set.of(), some, null, Map.of())))
        .isFalse();
  }

  @Test
  void givenAShortSecret_whenConfigured_thenItIsRefusedAndNotShown() {
    assertThatThrownBy(() -> given(new Secret("too short")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageNotContaining("too short");
  }

  @Test
  void givenAPattern_whenIdsAreAskedFor_thenTheWholeIdMustMatchAsItIs() {
    IdPolicies policies =
        of(new IdPolicy(null, patterns("room-*-desk", "kiosk"), List.of(), List.of()));

    assertThat(permit(policies, "room-1-desk")).isTrue();
    assertThat(permit(policies, "room--desk")).isTrue();
    assertThat(permit(policies, "kiosk")).isTrue();
    assertThat(permit(policies, "kiosk2")).isFalse();
    assertThat(permit(policies, "Kiosk")).isFalse();
    assertThat(permit(policies, "x-room-1-desk")).isFalse();
    // Full-width, and with a combining accent: other characters, whatever they look like.
    assertThat(permit(policies, "\uff4biosk")).isFalse();
    assertThat(permit(policies, "kio\u0301sk")).isFalse();
    assertThat(permit(policies, "*")).isFalse();
    assertThat(permit(policies, "room-*")).isFalse();
    assertThat(permit(policies, "bob", Identity.of("bob"))).isFalse();
  }

  @Test
  void givenReservedIds_whenAskedFor_thenTheyAreForThoseWithASubjectOrAGrant() {
    IdPolicies policies = of(new IdPolicy(null, List.of(), patterns("admin*"), List.of()));
    Identity anonymous = new Identity(null, Set.of(), IdGrant.ANY, null, Map.of("a", "b"));
    Identity granted = new Identity(null, Set.of(), IdGrant.only("admin"), null, Map.of());

    assertThat(permit(policies, "admin")).isFalse();
    assertThat(permit(policies, "admin7", anonymous)).isFalse();
    assertThat(permit(policies, "admin", granted)).isTrue();
    assertThat(permit(policies, "admin", Identity.of("admin"))).isTrue();
    assertThat(permit(policies, "anna")).isTrue();
  }

  @Test
  void givenUnlistedIds_whenPeersAreListed_thenTheyAreLeftOut() {
    IdPolicies policies = of(new IdPolicy(null, List.of(), List.of(), patterns("bot-*")));
    Peer anna = new Peer(new PeerAddress("guarded", "anna"), "test");
    Peer bot = new Peer(new PeerAddress("guarded", "bot-1"), "test");

    assertThat(policies.listed("guarded", List.of(anna, bot))).containsExactly(anna);
    assertThat(policies.listed("elsewhere", List.of(anna, bot))).containsExactly(anna, bot);
    assertThat(permit(policies, "bot-1")).isTrue();
  }

  @Test
  void givenPolicies_whenReplaced_thenTheNextQuestionIsAnsweredByTheNewOnes() {
    IdPolicies policies = new IdPolicies();
    policies.replace(new IdPolicies.Table(Map.of(),
        new IdPolicy(null, patterns("a*"), List.of(), List.of())));

    assertThat(permit(policies, "bert")).isFalse();
  }
}
