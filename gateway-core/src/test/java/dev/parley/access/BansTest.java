package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.access.Ban.Kind;
import dev.parley.config.ConfigurationException;
import dev.parley.dialect.ClientRequest;
import dev.parley.dialect.Handshake;
import dev.parley.identity.Denial;
import dev.parley.identity.IdGrant;
import dev.parley.identity.Identity;
import dev.parley.policy.Policy;
import dev.parley.policy.Verdict;
import dev.parley.signal.PeerAddress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BansTest {

  private static final Instant LATER = Instant.parse("2030-01-01T01:00:00Z");

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");
  private final Bans bans = new Bans(new LocalBanStore(() -> now), () -> now, metrics);

  private void ban(Kind kind, @Nullable String realm, String value) {
    assertThat(bans.put(new Ban(kind, realm, value, LATER, "a test")).succeeded()).isTrue();
  }

  private double counted(Kind kind) {
    return metrics.get("parley.bans.refused")
        .tag("kind", kind.name().toLowerCase(Locale.ROOT)).counter().count();
  }

  @Test
  void givenBansOfAllKinds_whenLookedUp_thenEachHoldsInItsRealm() {
    ban(Kind.SUBJECT, "acme", "mallory");
    ban(Kind.ID, null, "evil");
    ban(Kind.NETWORK, null, "192.0.2.0/24");
    ban(Kind.NETWORK, "acme", "2001:db8::/32");

    assertThat(bans.banSubject("acme", "mallory")).isTrue();
    assertThat(bans.banSubject("other", "mallory")).isFalse();
    assertThat(bans.banSubject("acme", "Mallory")).isFalse();
    assertThat(bans.banSubject("acme", null)).isFalse();
    assertThat(bans.banId(new PeerAddress("any", "evil"))).isTrue();
    assertThat(bans.banId(new PeerAddress("acme", "mallory"))).isFalse();
    assertThat(bans.banAddress("any", "192.0.2.77")).isTrue();
    assertThat(bans.banAddress("any", "::ffff:192.0.2.77")).isTrue();
    assertThat(bans.banAddress("any", "192.0.3.1")).isFalse();
    assertThat(bans.banAddress("acme", "2001:db8:1::9")).isTrue();
    assertThat(bans.banAddress("other", "2001:db8:1::9")).isFalse();
    assertThat(bans.banAddress("acme", "unknown")).isFalse();
    assertThat(bans.all()).hasSize(4);
    assertThat(counted(Kind.SUBJECT)).isEqualTo(1);
    assertThat(counted(Kind.NETWORK)).isEqualTo(3);
  }

  @Test
  void givenABan_whenItsTimeIsOver_thenItHoldsNoMore() {
    ban(Kind.ID, null, "evil");

    now = LATER;

    assertThat(bans.banId(new PeerAddress("any", "evil"))).isFalse();
    assertThat(bans.all()).isEmpty();
  }

  @Test
  void givenABan_whenLiftedByItsRealmAndValue_thenItHoldsNoMore() {
    ban(Kind.ID, null, "evil");
    bans.remove(new Ban(Kind.ID, "acme", "evil", LATER, "")).result();
    assertThat(bans.banId(new PeerAddress("acme", "evil"))).isTrue();

    bans.remove(new Ban(Kind.ID, null, "evil", now, "")).result();

    assertThat(bans.banId(new PeerAddress("acme", "evil"))).isFalse();
    assertThat(bans.isEmpty()).isTrue();
  }

  @Test
  void givenAsManyBansAsThereMayBe_whenOneMoreIsPut_thenItIsRefusedAndChangesAreNot() {
    LocalBanStore store = new LocalBanStore(() -> now);
    for (int i = 0; i < BanStore.MAX_BANS; i++) {
      var unused = store.put(new Ban(Kind.ID, null, "id " + i, LATER, ""));
    }
    Bans many = new Bans(store, () -> now, metrics);
    assertThat(many.all()).hasSize(BanStore.MAX_BANS);

    assertThat(many.put(new Ban(Kind.ID, null, "one more", LATER, "")).failed()).isTrue();
    assertThat(many.put(new Ban(Kind.ID, null, "id 7", LATER, "")).succeeded()).isTrue();
    now = LATER;
    assertThat(many.put(new Ban(Kind.ID, null, "room again", LATER.plusSeconds(9), ""))
        .succeeded()).isTrue();
  }

  @Test
  void givenAListener_whenABanIsPut_thenItIsCalledWhenTheBanHolds() {
    AtomicInteger calls = new AtomicInteger();
    bans.listen(() -> {
      assertThat(bans.isEmpty()).isFalse();
      calls.incrementAndGet();
    });

    ban(Kind.ID, null, "evil");

    assertThat(calls).hasValue(1);
  }

  @Test
  void givenTextsThatAreNoNetwork_whenBanned_thenThatIsAnError() {
    assertThatThrownBy(() -> ban(Kind.NETWORK, null, "example.org"))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> ban(Kind.ID, null, "")).isInstanceOf(ConfigurationException.class);
  }

  // ---- the gate

  private record Knows(Identity identity, List<String> log) implements Policy {
    @Override
    public Future<Verdict> authenticate(Handshake handshake) {
      log.add("asked");
      return Future.succeededFuture(new Verdict.Admitted(identity));
    }
  }

  private final List<String> log = new ArrayList<>();

  private Gates gates(Identity identity) {
    return new Gates(
        new Gates.Table(
            Map.of("acme", new Gate(List.of(new Gate.Entry("test", new Knows(identity, log))))),
            Gate.OPEN),
        new IdPolicies(), bans, () -> now);
  }

  private static Handshake from(String realm, String address) {
    return new Handshake(Map.of(), Map.of(), new ClientRequest() {
      @Override
      public String realm() {
        return realm;
      }

      @Override
      public String remoteAddress() {
        return address;
      }
    }, Identity.ANYONE);
  }

  @Test
  void givenABannedAddress_whenItComes_thenItIsDeniedWithoutAskingAPolicyAndInOpenRealmsToo() {
    Gates gates = gates(Identity.of("anna"));
    assertThat(gates.of("open").isOpen()).isTrue();
    ban(Kind.NETWORK, null, "192.0.2.0/24");

    assertThat(gates.of("open").isOpen()).isFalse();
    assertThat(gates.of("open").admit(from("open", "192.0.2.1")).result())
        .isEqualTo(new Admission.Denied(Denial.FORBIDDEN));
    assertThat(gates.of("acme").admit(from("acme", "192.0.2.1")).result())
        .isEqualTo(new Admission.Denied(Denial.FORBIDDEN));
    assertThat(log).isEmpty();
    assertThat(gates.of("open").admit(from("open", "192.0.3.1")).result())
        .isEqualTo(new Admission.Admitted(Access.OPEN));
  }

  @Test
  void givenABannedSubject_whenItComes_thenItIsDenied() {
    ban(Kind.SUBJECT, "acme", "mallory");

    assertThat(gates(Identity.of("mallory")).of("acme").admit(from("acme", "192.0.2.1")).result())
        .isEqualTo(new Admission.Denied(Denial.FORBIDDEN));
    assertThat(gates(Identity.of("anna")).of("acme").admit(from("acme", "192.0.2.1")).result())
        .isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void givenAnIdentityThatHasExpired_whenItComes_thenItIsDenied() {
    Identity late = new Identity("anna", Set.of(), IdGrant.ANY, now, Map.of());

    assertThat(gates(late).of("acme").admit(from("acme", "192.0.2.1")).result())
        .isEqualTo(new Admission.Denied(Denial.EXPIRED));
  }
}
