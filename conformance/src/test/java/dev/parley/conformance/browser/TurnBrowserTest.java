package dev.parley.conformance.browser;

import static dev.parley.conformance.browser.Talker.assertTheyTalk;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.config.Secret;
import dev.parley.ice.IceServersByRealm;
import dev.parley.ice.TurnOptions;
import dev.parley.identity.Identity;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Spread;
import dev.parley.testkit.Spread.Gateways;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages in Chromium that may use relays alone talk through a real coturn, with the credentials that
 * Parley issues to them.
 */
@BrowserTest
class TurnBrowserTest {

  private static final String SECRET = "a-secret-of-the-two";

  /** Makes every connection of a page use relays alone, whatever its library says. */
  private static final String RELAYS_ALONE = """
      () => {
        const Native = RTCPeerConnection;
        window.RTCPeerConnection = class extends Native {
          constructor(config) {
            super({ ...config, iceTransportPolicy: "relay" });
            (window.made ??= []).push(this);
          }
        };
      }
      """;

  /** The kinds of the two candidates of the pair that a connection uses, and its protocols. */
  private static final String IN_USE = """
      async (index) => {
        const all = [...await (window.made[index]).getStats()].map(([, stat]) => stat);
        const by = (id) => all.find((stat) => stat.id === id);
        const transport = all.find(({ type }) => type === "transport");
        const pair = by(transport.selectedCandidatePairId);
        const local = by(pair.localCandidateId);
        return [local.candidateType, by(pair.remoteCandidateId).candidateType, local.relayProtocol];
      }
      """;

  /** What a connection gathers with these servers: kinds of candidates, and codes of errors. */
  private static final String GATHERED = """
      async (iceServers) => {
        const pc = new RTCPeerConnection({ iceServers, iceTransportPolicy: "relay" });
        const gathered = new Set();
        pc.onicecandidateerror = ({ errorCode }) => gathered.add(`error ${errorCode}`);
        const complete = new Promise((resolve) => {
          pc.onicecandidate = ({ candidate }) =>
            candidate === null ? resolve() : candidate.type && gathered.add(candidate.type);
        });
        pc.createDataChannel("data");
        await pc.setLocalDescription();
        await complete;
        pc.close();
        return [...gathered];
      }
      """;

  @TempDir static Path home;
  private static Coturn coturn;
  private static Gateways gateways;

  @BeforeAll
  static void start() {
    coturn = Coturn.start(home, SECRET);
    gateways = Spread.ONE_NODE.start(() -> GatewayFixture.gateway().dialect("peerjs")
        .dialect("linkup").dialect("peerolator").dialect("calling")
        .ice(everywhere("udp")));
  }

  @BeforeEach
  void offerUdp() {
    gateways.first().iceServers().replace(everywhere("udp"));
  }

  @AfterAll
  static void stop() {
    gateways.close();
    coturn.close();
  }

  private static TurnOptions turn(String transport) {
    return new TurnOptions(List.of("stun:127.0.0.1:" + coturn.address().getPort()),
        List.of(coturn.uri(transport)), new Secret(SECRET), Duration.ofHours(12));
  }

  private static IceServersByRealm.Table everywhere(String transport) {
    return new IceServersByRealm.Table(Map.of(), turn(transport));
  }

  /** As the page itself asks for them, from another origin. */
  private static Object iceOf(ClientPage page, String mount) {
    return page.evaluate("(url) => fetch(url).then((answer) => answer.json())",
        gateways.first().httpUri(mount + "/ice").toString());
  }

  private static PeerJsClient peerJs(Fleet fleet, Windows windows, String name) {
    return peerJs(Platform.CHROMIUM, fleet, windows, name);
  }

  private static PeerJsClient peerJs(
      Platform platform, Fleet fleet, Windows windows, String name) {
    PeerJsClient client = windows.client(platform, name, fleet.address());
    client.page().evaluate(RELAYS_ALONE, null);
    return client
        .with("config", Map.of("iceServers", iceOf(client.page(), ""), "iceTransportPolicy",
            "relay"))
        .open(Fleet.unique(name));
  }

  private static void assertRelayed(Talker talker, String transport) {
    assertThat(talker.page().strings(IN_USE, 0)).containsExactly("relay", "relay", transport);
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void givenTwoPagesWithTheServersOfIce_whenTheyMayUseRelaysAlone_thenTheyTalkThroughThem(
      String transport, Windows windows) {
    gateways.first().iceServers().replace(everywhere(transport));
    Fleet fleet = new Fleet(gateways, windows);
    PeerJsClient one = peerJs(fleet, windows, "one");
    PeerJsClient other = peerJs(fleet, windows, "other");

    one.connect(other.id());

    assertTheyTalk(one, other);
    assertRelayed(one, transport);
    assertRelayed(other, transport);
  }

  /** The options of rtc-lib and simple-peer, and HELLO, get what the page gets from Parley. */
  static Stream<Arguments> pairs() {
    return Stream.of(Kind.RTC_LIB, Kind.SERVER, Kind.LINKUP)
        .flatMap(kind -> Stream.of(Arguments.of(kind, true), Arguments.of(kind, false)));
  }

  private static Talker join(Kind kind, Fleet fleet, Windows windows) {
    return switch (kind) {
      case RTC_LIB -> {
        RtcLibClient client = windows.rtcLib(Platform.CHROMIUM, "rtc");
        client.page().evaluate(RELAYS_ALONE, null);
        yield client.open(gateways.first().wsUri("/calling"));
      }
      case SERVER -> {
        PeerolatorClient client = windows.peerolator(Platform.CHROMIUM, "server");
        client.page().evaluate(RELAYS_ALONE, null);
        yield client.open(gateways.first().wsUri("/peerolator/server"));
      }
      case LINKUP -> {
        LinkupClient client = fleet.newLinkup("linkup", LinkupClient.Form.JSON_RPC);
        client.page().evaluate(RELAYS_ALONE, null);
        yield fleet.open(
            client.with("config", Map.of("iceServers", iceOf(client.page(), "/linkup"))),
            "linkup");
      }
      default -> throw new IllegalArgumentException(kind.name());
    };
  }

  @ParameterizedTest(name = "PeerJS and {0}, which calls: {1}")
  @MethodSource("pairs")
  void givenPagesOfTwoDialects_whenTheyMayUseRelaysAlone_thenTheyTalkThroughThem(
      Kind kind, boolean calls, Windows windows) {
    Fleet fleet = new Fleet(gateways, windows);
    PeerJsClient peerJs = peerJs(fleet, windows, "p");
    Talker other = join(kind, fleet, windows);

    if (calls) {
      other.connect(peerJs.id());
    } else {
      peerJs.connect(other.id());
    }

    assertTheyTalk(peerJs, other);
    assertRelayed(peerJs, "udp");
    assertRelayed(other, "udp");
  }

  @Test
  void givenPagesInChromiumAndFirefox_whenTheyMayUseRelaysAlone_thenTheyTalkThroughThem(
      Windows windows) {
    Fleet fleet = new Fleet(gateways, windows);
    PeerJsClient chromium = peerJs(fleet, windows, "chromium");
    PeerJsClient firefox = peerJs(Platform.FIREFOX, fleet, windows, "firefox");

    firefox.connect(chromium.id());

    assertTheyTalk(firefox, chromium);
    assertRelayed(chromium, "udp");
  }

  @Test
  void givenACredentialThatHasExpired_whenAPageUsesIt_thenTheServerRefusesItAndThereIsNoRelay(
      Windows windows) {
    ClientPage page = windows.client("late", new Fleet(gateways, windows).address()).page();

    assertThat(page.strings(GATHERED, expired())).containsExactly("error 401");
    assertThat(page.strings(GATHERED, iceOf(page, ""))).containsOnly("relay").isNotEmpty();
  }

  /** What Parley would have given the page before. */
  private static Object expired() {
    String json =
        new IceServersByRealm(everywhere("udp"),
            InstantSource.fixed(Instant.now().minus(Duration.ofHours(13))),
            new SimpleMeterRegistry())
            .of("default", Identity.ANYONE).orElseThrow();
    try {
      return JsonMapper.builder().build().readValue(json, Object.class);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
