package dev.parley.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.access.Gate;
import dev.parley.access.Gates;
import dev.parley.config.Secret;
import dev.parley.ice.IceServersByRealm;
import dev.parley.ice.TurnOptions;
import dev.parley.identity.Identity;
import dev.parley.net.MountOptions;
import dev.parley.policy.Policy;
import dev.parley.policy.Verdict;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.HttpProbe;
import dev.parley.testkit.HttpProbe.Answer;
import dev.parley.testkit.WireClient;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** STUN and TURN servers for clients of all dialects: {@code /ice} of mounts, and hello. */
class IceServersTest {

  private static final String PAGE = "https://app.example.org";
  private static final String FOREIGN = "https://evil.example.org";
  private static final IceServersByRealm.Table SERVERS = in(Map.of(), of("everywhere"));

  private static IceServersByRealm.Table in(Map<String, TurnOptions> realms, TurnOptions others) {
    return new IceServersByRealm.Table(realms, others);
  }

  private static TurnOptions of(String host) {
    return new TurnOptions(List.of(), List.of("turn:" + host), new Secret("s3cret"),
        Duration.ofHours(1));
  }

  private static GatewayFixture.Builder all() {
    return GatewayFixture.gateway()
        .dialect("peerjs", "/", Map.of("keys", Map.of("k2", "acme")))
        .dialect("linkup", "/linkup", Map.of())
        .dialect("calling", "/calling", Map.of())
        .dialect("peerolator", "/peerolator", Map.of());
  }

  private static Answer get(GatewayFixture gateway, String path, String... origin) {
    return HttpProbe.send("GET", gateway.httpUri(path),
        origin.length == 0 ? Map.of() : Map.of("Origin", origin[0]));
  }

  // ---- on every mount

  @ParameterizedTest
  @ValueSource(strings = {"", "/linkup", "/calling", "/peerolator"})
  void givenServers_whenAClientOfAnyDialectAsks_thenItGetsThem(String mount) {
    try (GatewayFixture gateway = all().ice(SERVERS).start()) {
      Answer answer = get(gateway, mount + "/ice");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).matches("\\[\\{\"urls\":\\[\"turn:everywhere\"],"
          + "\"username\":\"[0-9]+:anyone=[0-9a-f]+\",\"credential\":\"[A-Za-z0-9+/=]+\"}]");
      assertThat(answer.header("content-type")).contains("application/json; charset=utf-8");
      assertThat(answer.header("cache-control")).contains("no-store");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/linkup", "/calling", "/peerolator"})
  void givenNoServers_whenAClientOfAnyDialectAsks_thenNothingIsFound(String mount) {
    try (GatewayFixture gateway = all().start()) {
      Answer answer = get(gateway, mount + "/ice", PAGE);

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.header("access-control-allow-origin")).contains(PAGE);
    }
  }

  @ParameterizedTest
  @CsvSource({"/ice/id, 200", "/ice/peers, 401", "/ice/, 404", "/ICE, 404", "/linkup/ice/x, 404",
    "/calling/ice/x, 426", "/nice, 404"})
  void givenServers_whenAPathIsAlike_thenItIsTheDialects(String path, int status) {
    try (GatewayFixture gateway = all().ice(SERVERS).start()) {
      Answer answer = get(gateway, path);

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.body()).doesNotContain("turn:");
    }
  }

  @Test
  void givenServers_whenAWebSocketIsOpenedAtThatPath_thenItIsTheDialects() {
    try (GatewayFixture gateway =
        GatewayFixture.gateway().dialect("calling", "/", Map.of()).ice(SERVERS).start();
        WireClient client = WireClient.connect(gateway.wsUri("/ice"))) {
      assertThat(client.awaitTexts(1).getFirst()).contains("\"type\":\"hello\"");
    }
  }

  // ---- methods

  @Test
  void givenServers_whenTheHeadIsAskedFor_thenItComesWithoutThem() {
    try (GatewayFixture gateway = all().ice(SERVERS).start()) {
      Answer answer = HttpProbe.send("HEAD", gateway.httpUri("/ice"), Map.of());

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
  void givenServers_whenSomethingElseIsAskedFor_thenItIsNotAllowed(String method) {
    try (GatewayFixture gateway = all().ice(SERVERS).start()) {
      Answer answer = HttpProbe.send(method, gateway.httpUri("/linkup/ice"), Map.of());

      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("allow")).contains("GET, HEAD, OPTIONS");
      assertThat(answer.body()).doesNotContain("turn:");
    }
  }

  // ---- realms

  @ParameterizedTest
  @CsvSource({"/ice, north", "/ice?key=peerjs, north", "/ice?key=k2, south",
    "/ice?key=unknown, north", "/linkup/ice, west", "/linkup/ice?key=k2, west"})
  void givenRealms_whenAClientAsks_thenItGetsTheServersOfTheRealmThatItWouldEnter(
      String path, String host) {
    try (GatewayFixture gateway = GatewayFixture.gateway()
        .dialect("peerjs", "/", Map.of("keys", Map.of("k2", "acme")))
        .dialect("linkup", new MountOptions("/linkup", "lines"), Map.of())
        .ice(in(Map.of("acme", of("south"), "lines", of("west")), of("north")))
        .start()) {
      assertThat(get(gateway, path).body()).contains("turn:" + host + "\"");
    }
  }

  @Test
  void givenAnotherConfiguration_whenItReplacesTheOneBefore_thenTheNextClientGetsIt() {
    try (GatewayFixture gateway = all().ice(SERVERS).start()) {
      gateway.iceServers().replace(in(Map.of(), of("elsewhere")));

      assertThat(get(gateway, "/ice").body()).contains("turn:elsewhere\"");
    }
  }

  // ---- pages

  @ParameterizedTest
  @ValueSource(strings = {"/ice", "/linkup/ice"})
  void givenAPageOfAnotherOrigin_whenItAsksWithACredential_thenItMayReadTheServers(String path) {
    try (GatewayFixture gateway = all().ice(SERVERS).start()) {
      Answer preflight = HttpProbe.send("OPTIONS", gateway.httpUri(path), Map.of("Origin", PAGE,
          "Access-Control-Request-Method", "GET",
          "Access-Control-Request-Headers", "authorization"));
      Answer answer = get(gateway, path, PAGE);

      assertThat(preflight.status()).isEqualTo(204);
      assertThat(preflight.header("access-control-allow-origin")).contains(PAGE);
      assertThat(preflight.header("access-control-allow-headers")).contains("authorization");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("access-control-allow-origin")).contains(PAGE);
      assertThat(answer.header("vary")).contains("Origin");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ice", "/linkup/ice"})
  void givenAPageThatMayNotConnect_whenItAsks_thenItGetsNoServers(String path) {
    try (GatewayFixture gateway = all().origins(PAGE).ice(SERVERS).start()) {
      assertThat(get(gateway, path, PAGE).status()).isEqualTo(200);
      Answer refused = get(gateway, path, FOREIGN);

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body()).doesNotContain("turn:");
    }
  }

  @Test
  void givenAPageThatMayNotReadTheDialectsHttp_whenItAsks_thenItMayNotReadTheServers() {
    try (GatewayFixture gateway = GatewayFixture.gateway()
        .dialect("peerjs", "/", Map.of("cors", List.of(PAGE))).ice(SERVERS).start()) {
      assertThat(get(gateway, "/ice", PAGE).header("access-control-allow-origin")).contains(PAGE);
      assertThat(get(gateway, "/ice", FOREIGN).header("access-control-allow-origin")).isEmpty();
    }
  }

  // ---- gates

  /** Knows a client by the header Authorization, which has its name. */
  private static final Policy NAMES =
      handshake -> Future.succeededFuture(handshake.request().header("Authorization")
          .<Verdict>map(name -> new Verdict.Admitted(Identity.of(name)))
          .orElseGet(Verdict.NoCredential::new));

  private static Gates gated() {
    return new Gates(new Gates.Table(
        Map.of(), new Gate(List.of(new Gate.Entry("names", NAMES)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/linkup", "/calling", "/peerolator"})
  void givenAGate_whenAClientAsks_thenItGetsServersWithItsNameOnly_ifItPasses(String mount) {
    try (GatewayFixture gateway = all().gates(gated()).ice(SERVERS).start()) {
      Answer denied = get(gateway, mount + "/ice");
      Answer admitted = HttpProbe.send("GET", gateway.httpUri(mount + "/ice"),
          Map.of("Authorization", "Jane Doe"));

      assertThat(denied.status()).isEqualTo(401);
      assertThat(denied.body()).doesNotContain("turn:");
      assertThat(admitted.status()).isEqualTo(200);
      assertThat(admitted.body()).contains(":Jane%20Doe\",\"credential\":");
    }
  }

  @Test
  void givenAGate_whenAPageAsksWhetherItMayAsk_thenItNeedsNoCredential() {
    try (GatewayFixture gateway = all().gates(gated()).ice(SERVERS).start()) {
      assertThat(HttpProbe.send("OPTIONS", gateway.httpUri("/linkup/ice"), Map.of("Origin", PAGE,
          "Access-Control-Request-Method", "GET")).status()).isEqualTo(204);
    }
  }

  @Test
  void givenAGate_whenAClientHasPassedIt_thenHelloHasACredentialWithItsName() {
    try (GatewayFixture gateway = all().gates(gated()).ice(SERVERS).start();
        WireClient client = WireClient.connect(gateway.wsUri("/calling"),
            Map.of("Authorization", "anna"))) {
      assertThat(client.awaitTexts(1).getFirst()).contains(":anna\",\"credential\":");
    }
  }

  // ---- first messages

  @ParameterizedTest
  @ValueSource(strings = {"/calling", "/peerolator/server"})
  void givenServers_whenAClientConnects_thenItsFirstMessageHasThem(String path) {
    try (GatewayFixture gateway = all().ice(SERVERS).start();
        WireClient client = WireClient.connect(gateway.wsUri(path))) {
      assertThat(client.awaitTexts(1).getFirst()).contains(
          ",\"iceServers\":[{\"urls\":[\"turn:everywhere\"],\"username\":\"");
    }
  }

  @Test
  void givenServers_whenAPeerolatorClientHasFoundItsServer_thenItsHelloHasThem() {
    try (GatewayFixture gateway = all().ice(SERVERS).start();
        WireClient server = WireClient.connect(gateway.wsUri("/peerolator/server"));
        WireClient client = WireClient.connect(
            gateway.wsUri("/peerolator/client/" + idIn(server.awaitTexts(1).getFirst())))) {
      assertThat(client.awaitTexts(1).getFirst())
          .contains("\"type\":\"HELLO\"", ",\"iceServers\":[{\"urls\":[\"turn:everywhere\"],");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/calling", "/peerolator/server"})
  void givenNoServers_whenAClientConnects_thenItsFirstMessageIsTheOriginals(String path) {
    try (GatewayFixture gateway = all().start();
        WireClient client = WireClient.connect(gateway.wsUri(path))) {
      assertThat(client.awaitTexts(1).getFirst()).doesNotContain("iceServers");
    }
  }

  private static String idIn(String hello) {
    return hello.replaceFirst(".*\"id\":\"([^\"]+)\".*", "$1");
  }
}
