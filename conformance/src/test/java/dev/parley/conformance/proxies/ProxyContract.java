package dev.parley.conformance.proxies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.config.Bound;
import dev.parley.net.limits.Limits;
import dev.parley.net.proxy.ProxyHeader;
import dev.parley.testkit.Frame;
import dev.parley.testkit.GatewayCluster;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.TestCertificate;
import dev.parley.testkit.UpgradeRefusedException;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.record.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract of every proxy with its file of deploy/proxies. */
@Timeout(180)
abstract class ProxyContract {

  /** How long a connection may be silent at a proxy whose time-outs are shortened. */
  static final int SHORT_SECONDS = 5;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String OPEN = "{\"type\":\"OPEN\"}";

  @TempDir Path folder;

  /** Starts the proxy with its file, in front of these two nodes. */
  abstract ProxyProcess proxy(GatewayFixture one, GatewayFixture two, List<Change> more)
      throws IOException;

  /** Waits until the proxy has detected that the first node drains. */
  abstract void awaitTakenOut(ProxyProcess proxy);

  /** Settings for frequent health checks. */
  abstract List<Change> fastChecks();

  /** A replacement in the file for a test; the replaced text must exist. */
  record Change(String written, String wanted) {
    static String all(String text, List<Change> changes) {
      String changed = text;
      for (Change change : changes) {
        assertThat(changed).contains(change.written);
        changed = changed.replace(change.written, change.wanted);
      }
      return changed;
    }
  }

  /** The file, with the addresses of the nodes, and what else there is to change. */
  static String file(String name, GatewayFixture one, GatewayFixture two, List<Change> more)
      throws IOException {
    List<Change> changes =
        new ArrayList<>(
            List.of(new Change("10.0.0.11:9000", "127.0.0.1:" + one.port()),
                new Change("10.0.0.12:9000", "127.0.0.1:" + two.port())));
    changes.addAll(more);
    return Change.all(Files.readString(Path.of("..", "deploy", "proxies", name)), changes);
  }

  static boolean hasIpv6() {
    try {
      return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
          .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
    } catch (SocketException unknown) {
      throw new UncheckedIOException(unknown);
    }
  }

  /** Made once: that takes a JVM of its own. */
  private static final class Shared {
    static final TestCertificate CERTIFICATE = make();

    private static TestCertificate make() {
      try {
        return TestCertificate.in(Files.createDirectories(Path.of("target", "proxies")
            .toAbsolutePath()));
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  static TestCertificate certificate() {
    return Shared.CERTIFICATE;
  }

  private static GatewayFixture.Builder node() {
    return GatewayFixture.gateway().dialect("peerjs", "/", Map.of())
        .dialect("linkup", "/linkup", Map.of());
  }

  private static Limits limits(Bound perAddress, Duration ping) {
    return Records.with(Limits.DEFAULT, "connectionsPerAddress", perAddress, "ping", ping);
  }

  private static String peer(String id) {
    return "/peerjs?key=peerjs&token=t&id=" + id;
  }

  private static WireClient opened(ProxyProcess proxy, String id) {
    WireClient client = proxy.connect(peer(id));
    client.awaitText(OPEN::equals);
    return client;
  }

  private static List<WireClient> opened(ProxyProcess proxy, String name, int count) {
    List<WireClient> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(opened(proxy, name + i));
    }
    return clients;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/signal"})
  void givenAPathThatIsKeptOrStripped_whenClientsConnect_thenHttpAndWebSocketsWork(String prefix)
      throws IOException {
    try (GatewayFixture one = node().start();
        ProxyProcess proxy = proxy(one, one, List.of())) {
      assertThat(proxy.get(prefix + "/")).startsWith("200 ").contains("PeerJS Server");
      assertThat(proxy.get(prefix + "/peerjs/id")).matches("200 [0-9a-f-]{36}");
      try (WireClient anna = proxy.connect(prefix + peer("anna"));
          WireClient lea = proxy.connect(prefix + "/linkup")) {
        anna.awaitText(OPEN::equals);
        lea.text("{\"id\":1,\"method\":\"register\",\"params\":{\"id\":\"lea\"}}");
        lea.awaitText(text -> text.contains("\"result\":\"lea\""));
        anna.text("{\"type\":\"OFFER\",\"dst\":\"anna\",\"payload\":\"" + "x".repeat(100_000)
            + "\"}");
        assertThat(anna.awaitTexts(2).getLast()).hasSizeGreaterThan(100_000);
        anna.close(1000, "");
        assertThat(anna.awaitClosed().closeCode()).isEqualTo(1000);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ProxyHeader.class)
  void givenABoundPerAddress_whenClientsComeThroughTheProxy_thenEachAddressHasItsOwn(
      ProxyHeader header) throws IOException {
    try (
        GatewayFixture one =
            node().limits(limits(new Bound(1), Limits.DEFAULT.ping()))
                .proxies(header, "127.0.0.1").start();
        ProxyProcess proxy = proxy(one, one, List.of());
        WireClient first = proxy.connect(peer("first"), Map.of(), "127.0.0.2");
        WireClient second = proxy.connect(peer("second"), Map.of(), "127.0.0.3")) {
      first.awaitText(OPEN::equals);
      second.awaitText(OPEN::equals);
      // Headers that the client itself writes have no effect.
      for (Map<String, String> written : List.of(Map.<String, String>of(),
          Map.of("X-Forwarded-For", "203.0.113.1"), Map.of("Forwarded", "for=203.0.113.1"),
          Map.of("Forwarded", "for=\"203.0.113.1"), Map.of("X-Forwarded-For", "127.0.0.4,"))) {
        assertThatThrownBy(() -> proxy.connect(peer("third"), written, "127.0.0.2"))
            .isInstanceOfSatisfying(
                UpgradeRefusedException.class,
                refused -> assertThat(refused.status()).isEqualTo(429));
      }
      proxy.connect(peer("fourth"), Map.of(), "127.0.0.4").close();
    }
  }

  @ParameterizedTest
  @EnumSource(ProxyHeader.class)
  void givenAClientWithAnAddressOfIpv6_whenItComesThroughTheProxy_thenItIsNotTakenForTheProxy(
      ProxyHeader header) throws IOException {
    assumeTrue(hasIpv6(), "no ::1 on this machine");
    try (
        GatewayFixture one =
            node().limits(limits(new Bound(1), Limits.DEFAULT.ping()))
                .proxies(header, "127.0.0.1").start();
        ProxyProcess proxy = proxy(one, one, List.of());
        WireClient first = proxy.connect(peer("first"), Map.of(), "::1")) {
      first.awaitText(OPEN::equals);
      assertThatThrownBy(() -> proxy.connect(peer("second"), Map.of(), "::1"))
          .isInstanceOf(UpgradeRefusedException.class);
      WireClient.connect(one.wsUri(peer("proxy"))).close();
    }
  }

  @Test
  void givenAnIdleClient_whenTheProxysTimeOutPasses_thenPingsKeepItsConnection()
      throws IOException {
    Duration ping = Duration.ofMillis(500);
    try (GatewayFixture one = node().limits(limits(Bound.OFF, ping)).start();
        ProxyProcess proxy = proxy(one, one, shortTimeOut(SHORT_SECONDS));
        WireClient idle = opened(proxy, "idle")) {
      long enough = 2 + SHORT_SECONDS * 1000 / ping.toMillis();

      proxy.await(enough + " pings", () -> idle.isOver() || pings(idle) >= enough);

      assertThat(idle.isOver()).as(idle.toString()).isFalse();
      idle.text("{\"type\":\"OFFER\",\"dst\":\"idle\",\"payload\":1}");
      idle.awaitTexts(2);
    }
  }

  private static long pings(WireClient client) {
    return client.frames().stream().filter(frame -> frame.opcode() == Frame.Opcode.PING).count();
  }

  /** Settings for a short time-out of idle connections. */
  abstract List<Change> shortTimeOut(int seconds);

  @Test
  void givenTwoNodesOfACluster_whenClientsComeThroughTheProxy_thenTheyMeetWhereverTheyAre()
      throws IOException {
    try (GatewayCluster cluster = new GatewayCluster(2, ProxyContract::node)) {
      GatewayFixture one = cluster.nodes().getFirst();
      GatewayFixture two = cluster.nodes().getLast();
      try (ProxyProcess proxy = proxy(one, two, List.of())) {
        List<WireClient> clients = opened(proxy, "peer", 4);
        assertThat(List.of(one.connections(), two.connections())).doesNotContain(0);
        for (int i = 0; i < clients.size(); i++) {
          int next = (i + 1) % clients.size();
          clients.get(i).text("{\"type\":\"OFFER\",\"dst\":\"peer" + next + "\",\"payload\":1}");
          String sender = "\"src\":\"peer" + i + "\"";
          clients.get(next).awaitText(text -> text.contains(sender));
        }
        clients.forEach(WireClient::close);
      }
    }
  }

  @Test
  void givenTwoNodes_whenOneDrains_thenItIsTakenOutAndNewClientsGoToTheOther()
      throws IOException {
    try (GatewayFixture one = node().start();
        GatewayFixture two = node().start();
        ProxyProcess proxy = proxy(one, two, fastChecks())) {
      List<WireClient> before = opened(proxy, "before", 4);
      assertThat(List.of(one.connections(), two.connections())).doesNotContain(0);

      one.drain(PATIENCE).await();
      awaitTakenOut(proxy);

      assertThat(one.connections()).isZero();
      int there = two.connections();
      List<WireClient> after = opened(proxy, "after", 4);
      assertThat(two.connections()).isEqualTo(there + 4);
      assertThat(proxy.get("/peerjs/id")).startsWith("200 ");
      before.forEach(WireClient::close);
      after.forEach(WireClient::close);
    }
  }

  @Test
  void givenTwoNodes_whenOneIsGone_thenNewClientsGoToTheOther() throws IOException {
    GatewayFixture one = node().start();
    try (GatewayFixture two = node().start();
        ProxyProcess proxy = proxy(one, two, List.of())) {
      opened(proxy, "before", 2).forEach(WireClient::close);
      one.close();

      List<WireClient> after = opened(proxy, "after", 4);
      assertThat(two.connections()).isEqualTo(4);
      after.forEach(WireClient::close);
    } finally {
      one.close();
    }
  }
}
