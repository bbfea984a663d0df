package dev.parley.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.dialect.CloseReason;
import dev.parley.testkit.UpgradeRefusedException;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.waits.Waits;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gate against a real OpenID provider, found by discovery. */
class OpenIdGateTest {

  private static OidcProvider provider;

  private final List<WireClient> clients = new CopyOnWriteArrayList<>();
  private GatedParley parley;

  @BeforeAll
  static void startProvider() {
    provider = OidcProvider.start(GatedParley.AUDIENCE, List.of("alice", "bob"));
  }

  @AfterAll
  static void stopProvider() {
    provider.close();
  }

  @BeforeEach
  void start() {
    // A new key is looked for as soon as there is one; by default, not that often.
    parley = GatedParley.start(provider, Map.of());
  }

  @AfterEach
  void stop() {
    clients.forEach(WireClient::close);
    parley.close();
  }

  private WireClient connect(URI address) {
    WireClient client = WireClient.connect(address);
    clients.add(client);
    return client;
  }

  /** The first message that a PeerJS client is sent, or the status in place of the upgrade. */
  private String greeting(String id, String token) {
    try {
      return connect(parley.peerJs(id, token)).awaitText(text -> true);
    } catch (UpgradeRefusedException refused) {
      return "status " + refused.status();
    }
  }

  @Test
  void givenATokenOfTheProvider_whenItsSubjectConnects_thenItHasThatIdAndNoOther() {
    String token = provider.token("alice");

    assertThat(greeting("alice", token)).contains("OPEN");
    assertThat(greeting("bob", token)).contains("ERROR").contains("may not use this id");
  }

  @Test
  void givenNoToken_whenConnecting_thenEveryDialectRefuses() {
    assertThat(greeting("alice", "t0k3n")).contains("ERROR");
    for (String path : List.of("/linkup", "/calling")) {
      assertThatThrownBy(() -> connect(parley.uri(path)))
          .as(path).isInstanceOfSatisfying(UpgradeRefusedException.class,
              refused -> assertThat(refused.status()).isEqualTo(401));
    }
    assertThat(connect(parley.uri("/peerolator/server")).awaitClosed().closeCode())
        .isEqualTo(CloseReason.REFUSED.code());
  }

  @Test
  void givenATokenThatWasAltered_whenConnecting_thenItIsRefused() {
    String token = provider.token("alice");
    String altered = token.substring(0, token.lastIndexOf('.'))
        + provider.token("bob").substring(token.lastIndexOf('.'));

    assertThat(greeting("alice", altered)).contains("ERROR");
  }

  @Test
  void givenAProviderThatRotatesItsKey_whenClientsConnect_thenThoseOfTheNewKeyAreAdmitted() {
    assertThat(greeting("alice", provider.token("alice"))).contains("OPEN");

    provider.rotate();

    String newer = provider.token("bob");
    Waits.until("the new key", () -> greeting("bob", newer).contains("OPEN"));
  }

  @Test
  void givenAProviderThatIsDown_whenClientsConnect_thenTheKeysThatAreKnownLiveOn() {
    String token = provider.token("alice");
    assertThat(greeting("alice", token)).contains("OPEN");

    provider.goDown();
    try {
      assertThat(greeting("alice", token)).contains("OPEN");
    } finally {
      provider.comeUp();
    }
  }

  @Test
  void givenAProviderThatIsDownAtTheStart_whenItComesUp_thenClientsAreAdmitted() {
    parley.close();
    String token = provider.token("alice");
    provider.goDown();
    try {
      parley = GatedParley.start(provider, Map.of());
      assertThat(greeting("alice", token)).isEqualTo("status 503");
    } finally {
      provider.comeUp();
    }

    Waits.until("the keys", () -> greeting("alice", token).contains("OPEN"));
  }

  @Test
  void givenAProviderThatDoesNotAnswer_whenAKeyIsUnknown_thenClientsOfKnownKeysDoNotWait() {
    String older = provider.token("alice");
    assertThat(greeting("alice", older)).contains("OPEN");
    provider.rotate();
    String newer = provider.token("bob");
    provider.slowDown();
    try {
      // It waits for the key, which the provider does not send, and is refused in the end.
      CompletableFuture<String> waiting =
          CompletableFuture.supplyAsync(() -> greeting("bob", newer));
      assertThat(greeting("alice", older)).contains("OPEN");
      assertThat(waiting.join()).doesNotContain("OPEN");
    } finally {
      provider.speedUp();
    }
  }
}
