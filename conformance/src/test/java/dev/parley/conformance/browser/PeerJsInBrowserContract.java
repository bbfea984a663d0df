package dev.parley.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract of a PeerServer for users of the {@code peerjs} library. */
@BrowserTest
abstract class PeerJsInBrowserContract {
  private static final Map<String, ?> NO_OPTIONS = Map.of();
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  @RegisterExtension final Servers servers;

  PeerJsInBrowserContract(PeerServer.Factory factory) {
    servers = new Servers(factory);
  }

  /** Connects with the library's defaults and sends a message each way. */
  static void assertTheyTalk(PeerJsClient one, PeerJsClient other) {
    one.connect(other.id(), NO_OPTIONS);
    one.awaitConnected(other.id());
    other.awaitConnected(one.id());
    assertMessagesPass(one, other);
  }

  /** Sends values each way over the channel that there is. */
  static void assertMessagesPass(PeerJsClient one, PeerJsClient other, List<String> values) {
    List<String> there = one.send(other.id(), values);
    assertThat(other.takeReceived(one.id(), values.size())).isEqualTo(there);
    List<String> back = other.send(one.id(), values);
    assertThat(one.takeReceived(other.id(), values.size())).isEqualTo(back);
  }

  static void assertMessagesPass(PeerJsClient one, PeerJsClient other) {
    assertMessagesPass(one, other, List.of("'ping'", "'pong'"));
  }

  @Test
  void givenTwoPages_whenTheyOpen_thenEachGetsTheIdItAskedFor(Windows windows) {
    InetSocketAddress server = servers.start();

    PeerJsClient alice = windows.client("alice", server).open("alice");
    PeerJsClient bob = windows.client("bob", server).open("bob");

    assertThat(alice.id()).isEqualTo("alice");
    assertThat(bob.id()).isEqualTo("bob");
    assertThat(alice.errors()).isEmpty();
    assertThat(bob.errors()).isEmpty();
  }

  static Stream<Arguments> serializations() {
    List<String> structured =
        List.of("'grüße 🌍'", "42.5", "{ list: [1, -2.5, null, true], nested: { empty: {} } }");
    // Larger than one chunk of the library.
    List<String> binary = List.of("new Uint8Array([0, 127, 128, 255])",
        "{ name: 'a.bin', data: new Uint8Array([1, 2]) }",
        "'0123456789'.repeat(10_000)");
    List<String> structuredOrBinary = Stream.concat(structured.stream(), binary.stream()).toList();
    // The library's offer names binary for binary-utf8, too: the two are one format by now.
    return Stream.of(Arguments.of("binary", "binary", structuredOrBinary),
        Arguments.of("binary-utf8", "binary", structuredOrBinary),
        Arguments.of("json", "json", structured),
        Arguments.of("raw", "raw",
            List.of("'grüße 🌍'", "new Uint8Array([0, 127, 128, 255]).buffer")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("serializations")
  void givenTwoPages_whenOneConnects_thenDataPassesBothWays(String serialization,
      String announced, List<String> values, Windows windows) {
    InetSocketAddress server = servers.start();
    PeerJsClient alice = windows.client("alice", server).open("alice");
    PeerJsClient bob = windows.client("bob", server).open("bob");

    alice.connect("bob",
        Map.of("serialization", serialization, "label", "Gespräch", "metadata",
            Map.of("name", "Zoë \"🦊\"", "level", 3)));
    alice.awaitConnected("bob");
    bob.awaitConnected("alice");

    assertThat(bob.connectionProperty("alice", "serialization")).isEqualTo(announced);
    assertThat(bob.connectionProperty("alice", "label")).isEqualTo("Gespräch");
    assertThat(bob.connectionProperty("alice", "metadata"))
        .isEqualTo(Map.of("name", "Zoë \"🦊\"", "level", 3));
    assertMessagesPass(alice, bob, values);
  }

  @Test
  void givenTwoPagesWithCameras_whenOneCalls_thenEachSeesTheOther(Windows windows) {
    InetSocketAddress server = servers.start();
    PeerJsClient alice = windows.client("alice", server).open("alice");
    PeerJsClient bob = windows.client("bob", server).open("bob");

    alice.call("bob", Map.of("metadata", Map.of("topic", "Zoë")));

    alice.picture("bob").awaitPlaying();
    bob.picture("alice").awaitPlaying();
    assertThat(bob.callMetadata("alice")).isEqualTo(Map.of("topic", "Zoë"));
  }

  @Test
  void givenAnAbsentPeer_whenConnecting_thenPeerUnavailable_andTheClientGoesOn(Windows windows) {
    InetSocketAddress server =
        servers.start(PeerServerOptions.defaults().withExpireTimeout(Duration.ofMillis(300)));
    PeerJsClient alice = windows.client("alice", server).open("alice");
    PeerJsClient bob = windows.client("bob", server).open("bob");

    alice.connect("nobody", NO_OPTIONS);

    assertThat(alice.awaitError()).isEqualTo(
        new PeerJsClient.Failure("peer-unavailable", "Could not connect to peer nobody"));
    assertThat(alice.isOpen()).isTrue();
    assertTheyTalk(alice, bob);
  }

  @Test
  void givenAPeerThatIsNotThereYet_whenItComesInTime_thenTheConnectionOpens(Windows windows) {
    InetSocketAddress server = servers.start();
    PeerJsClient alice = windows.client("alice", server).open("alice");
    PeerJsClient bob = windows.client("bob", server);

    alice.connect("bob", NO_OPTIONS);
    alice.awaitSent("CANDIDATE", 1);
    bob.open("bob");

    alice.awaitConnected("bob");
    bob.awaitConnected("alice");
    assertMessagesPass(alice, bob);
    assertThat(alice.errors()).isEmpty();
  }

  @Test
  void givenATakenId_whenOpeningWithIt_thenUnavailableId_andItsOwnerGoesOn(Windows windows) {
    InetSocketAddress server = servers.start();
    PeerJsClient alice = windows.client("alice", server).open("alice");
    PeerJsClient impostor = windows.client("impostor", server);
    PeerJsClient bob = windows.client("bob", server).open("bob");

    impostor.startOpening("alice");

    assertThat(impostor.awaitError())
        .isEqualTo(new PeerJsClient.Failure("unavailable-id", "ID \"alice\" is taken"));
    impostor.awaitDestroyed();
    assertTheyTalk(bob, alice);
  }

  @Test
  void givenADestroyedPeer_whenAnotherPageOpensWithItsId_thenItGetsIt(Windows windows) {
    InetSocketAddress server = servers.start(PeerServerOptions.defaults().withDiscovery());
    PeerJsClient first = windows.client("first", server).open("alice");
    PeerJsClient bob = windows.client("bob", server).open("bob");

    first.destroy();
    bob.awaitListed("bob");
    PeerJsClient second = windows.client("second", server).open("alice");

    assertTheyTalk(bob, second);
  }

  @Test
  void givenAnOpenChannel_whenTheServerIsLost_thenTheChannelLives_andAfterReconnectNewOnesOpen(
      Windows windows) {
    InetSocketAddress server = servers.start();
    CuttableProxy line = servers.line(server);
    PeerJsClient alice = windows.client("alice", line.address()).open("alice");
    PeerJsClient bob = windows.client("bob", server).open("bob");
    PeerJsClient carol = windows.client("carol", server).open("carol");
    assertTheyTalk(alice, bob);

    line.cut();
    alice.awaitDisconnected();

    assertThat(alice.awaitError())
        .isEqualTo(new PeerJsClient.Failure("network", "Lost connection to server."));
    assertMessagesPass(alice, bob);
    alice.reconnect();
    alice.awaitOpened(2);
    assertThat(alice.id()).isEqualTo("alice");
    assertTheyTalk(alice, carol);
    assertMessagesPass(bob, alice);
  }

  @Test
  void givenAReconnectedClient_whenAnotherConnectsToIt_thenTheyTalk(Windows windows) {
    InetSocketAddress server = servers.start();
    CuttableProxy line = servers.line(server);
    PeerJsClient alice = windows.client("alice", line.address()).open("alice");
    PeerJsClient bob = windows.client("bob", server).open("bob");

    line.cut();
    alice.awaitDisconnected();
    alice.reconnect();
    alice.awaitOpened(2);

    assertTheyTalk(bob, alice);
  }

  @Test
  void givenHeartbeats_whenTheAliveTimeoutIsLongOver_thenTheClientIsStillThere(Windows windows) {
    InetSocketAddress server =
        servers.start(PeerServerOptions.defaults().withAliveTimeout(Duration.ofSeconds(8)));
    PeerJsClient alice = windows.client("alice", server).with("pingInterval", 200).open("alice");

    // More than nine seconds of them. A busy machine may well hold one up for three.
    alice.awaitSent("HEARTBEAT", 46);

    assertThat(alice.disconnections()).isZero();
    assertTheyTalk(windows.client("bob", server).with("pingInterval", 200).open("bob"), alice);
  }

  @Test
  void givenASilentClient_whenTheAliveTimeoutIsOver_thenTheServerClosesIt_andItCanComeBack(
      Windows windows) {
    InetSocketAddress server =
        servers.start(PeerServerOptions.defaults().withAliveTimeout(Duration.ofSeconds(1)));
    PeerJsClient alice = windows.client("alice", server).with("pingInterval", 60_000).open("alice");

    alice.awaitDisconnected();
    alice.reconnect();

    alice.awaitOpened(2);
    assertThat(alice.id()).isEqualTo("alice");
  }

  @Test
  void givenDiscovery_whenListing_thenAllIdsCome(Windows windows) {
    InetSocketAddress server = servers.start(PeerServerOptions.defaults().withDiscovery());
    PeerJsClient alice = windows.client("alice", server).open("alice");
    windows.client("bob", server).open("bob");

    assertThat(alice.listAllPeers()).containsExactlyInAnyOrder("alice", "bob");
  }

  @Test
  void givenNoDiscovery_whenListing_thenTheLibraryReportsAServerError(Windows windows) {
    InetSocketAddress server = servers.start();
    PeerJsClient alice = windows.client("alice", server).open("alice");

    alice.startListing();

    // The library leaves the message empty; the reason, which it knows from the status, is in the log.
    assertThat(alice.awaitError()).isEqualTo(new PeerJsClient.Failure("server-error", ""));
    alice.awaitLogged("You need to enable `allow_discovery`");
    // And it gives the connection up.
    alice.awaitDisconnected();
  }

  @Test
  void givenNoId_whenOpening_thenTheServerGivesOneToAPageOfAnotherOrigin(Windows windows) {
    InetSocketAddress server = servers.start();

    PeerJsClient one = windows.client("one", server);
    PeerJsClient other = windows.client("other", server);

    assertThat(one.openWithoutId()).matches(UUID);
    assertThat(other.openWithoutId()).matches(UUID).isNotEqualTo(one.id());
    assertTheyTalk(one, other);
  }

  @Test
  void givenAnAllowedOrigin_whenOpeningWithoutAnId_thenItGetsOne(Windows windows) {
    InetSocketAddress server = servers.start(
        PeerServerOptions.defaults().withCorsOrigins(windows.origin(), "https://other.example"));

    assertThat(windows.client("allowed", server).openWithoutId()).matches(UUID);
  }

  @Test
  void givenAForeignOrigin_whenOpeningWithoutAnId_thenTheLibraryReportsAServerError(
      Windows windows) {
    InetSocketAddress server =
        servers.start(PeerServerOptions.defaults().withCorsOrigins("https://other.example"));
    PeerJsClient foreign = windows.client("foreign", server);

    foreign.startOpeningWithoutId();

    assertThat(foreign.awaitError()).isEqualTo(new PeerJsClient.Failure("server-error", ""));
    foreign.awaitLogged("Could not get an ID from the server.");
    foreign.awaitDestroyed();
  }

  @Test
  void givenAServerWithAPathAndAKey_whenPagesNameThem_thenTheyTalk(Windows windows) {
    InetSocketAddress server =
        servers.start(PeerServerOptions.defaults().withPath("/signal/ing").withKey("secret"));

    PeerJsClient alice = windows.client("alice", server).with("path", "/signal/ing")
        .with("key", "secret").open("alice");
    PeerJsClient other =
        windows.client("other", server).with("path", "/signal/ing").with("key", "secret");
    other.openWithoutId();

    assertTheyTalk(alice, other);
  }

  @Test
  void givenAnUnknownKey_whenOpening_thenTheServersWordsReachTheUser(Windows windows) {
    InetSocketAddress server = servers.start();
    PeerJsClient alice = windows.client("alice", server).with("key", "wrong");

    alice.startOpening("alice");

    assertThat(alice.awaitError())
        .isEqualTo(new PeerJsClient.Failure("server-error", "Invalid key provided"));
  }

  @Test
  void givenAFullServer_whenOneMoreOpens_thenTheServersWordsReachTheUser(Windows windows) {
    InetSocketAddress server = servers.start(PeerServerOptions.defaults().withConcurrentLimit(1));
    windows.client("alice", server).open("alice");
    PeerJsClient bob = windows.client("bob", server);

    bob.startOpening("bob");

    assertThat(bob.awaitError())
        .isEqualTo(new PeerJsClient.Failure("server-error",
            "Server has reached its concurrent user limit"));
  }
}
