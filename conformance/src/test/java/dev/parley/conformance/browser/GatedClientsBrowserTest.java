package dev.parley.conformance.browser;

import static dev.parley.conformance.browser.Talker.assertTheyTalk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.RedisServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Real clients of every dialect with tokens of an OpenID provider, on three nodes. No client is
 * changed: the token is an option of peerjs, and a query parameter of the others' address.
 */
@BrowserTest
class GatedClientsBrowserTest {

  private static final List<GatedParley> NODES = new ArrayList<>();

  private static OidcProvider provider;
  private static RedisServer redis;

  @BeforeAll
  static void start() {
    redis = RedisServer.start();
    provider = OidcProvider.start(GatedParley.AUDIENCE,
        List.of("alice", "bob", "carol", "dave", "erin"));
    for (int i = 0; i < 3; i++) {
      NODES.add(GatedParley.start(provider, Map.of("cluster.redis", redis.url())));
    }
  }

  @AfterAll
  static void stop() {
    NODES.forEach(GatedParley::close);
    provider.close();
    redis.close();
  }

  private static PeerJsClient peerJs(Windows windows, int node, String subject) {
    return windows.client(subject, NODES.get(node).address())
        .with("token", provider.token(subject));
  }

  private static URI address(int node, String path, String subject) {
    return NODES.get(node).with(path, provider.token(subject));
  }

  @Test
  void givenClientsOfEveryDialectWithTokens_whenTheyConnect_thenTheyAreTheirSubjectsAndTalk(
      Windows windows) {
    PeerJsClient alice = peerJs(windows, 0, "alice").open("alice");
    LinkupClient bob =
        windows.linkup(Platform.CHROMIUM, "bob", LinkupClient.Form.JSON_RPC)
            .open(address(1, "/linkup", "bob"), "bob");
    RtcLibClient carol =
        windows.rtcLib(Platform.CHROMIUM, "carol").open(address(2, "/calling", "carol"));
    PeerolatorClient dave = windows.peerolator(Platform.CHROMIUM, "dave")
        .open(address(0, "/peerolator/server", "dave"));

    assertThat(carol.id()).isEqualTo("carol");
    assertThat(dave.id()).isEqualTo("dave");
    alice.connect("bob");
    assertTheyTalk(alice, bob);
    carol.connect("alice");
    assertTheyTalk(carol, alice);
    bob.connect("dave");
    assertTheyTalk(bob, dave);
  }

  @Test
  void givenAPeerJsClient_whenItWantsTheIdOfAnotherSubject_thenItIsRefusedInWordsThatItReports(
      Windows windows) {
    PeerJsClient erin = peerJs(windows, 0, "erin");

    erin.startOpening("alice");

    assertThat(erin.awaitError().message()).contains("may not use this id");
    erin.awaitDestroyed();
  }

  @Test
  void givenAPeerJsClientWithoutToken_whenItConnects_thenItIsRefusedInWordsThatItReports(
      Windows windows) {
    PeerJsClient stranger = windows.client("stranger", NODES.get(1).address());

    stranger.startOpening("stranger");

    assertThat(stranger.awaitError().message()).contains("credential");
  }

  @Test
  void givenAPageThatIsReloaded_whenItConnectsWithAnotherTokenToAnotherNode_thenItHasItsIdAtOnce(
      Windows windows) {
    PeerJsClient before = peerJs(windows, 0, "erin").open("erin");
    before.closePage();

    PeerJsClient after = peerJs(windows, 1, "erin").open("erin");

    assertThat(after.errors()).isEmpty();
    assertThat(after.id()).isEqualTo("erin");
  }

  @Test
  void givenASessionThatLives_whenItsSubjectConnectsElsewhere_thenTheNewerOneHasTheId(
      Windows windows) {
    PeerJsClient older = peerJs(windows, 2, "bob").open("bob");

    PeerJsClient newer = peerJs(windows, 0, "bob").open("bob");

    older.awaitDisconnected();
    PeerJsClient alice = peerJs(windows, 1, "alice").open("alice");
    alice.connect("bob");
    assertTheyTalk(alice, newer);
  }
}
