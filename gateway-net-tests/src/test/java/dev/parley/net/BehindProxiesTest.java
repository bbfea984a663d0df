package dev.parley.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.Bound;
import dev.parley.net.limits.Limits;
import dev.parley.net.proxy.ProxyHeader;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.UpgradeRefusedException;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.record.Records;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who counts as one client for the bound per address, by what a proxy says, over real sockets. */
class BehindProxiesTest {

  private static final String USUAL = "X-Forwarded-For";
  private static final String STANDARD = "Forwarded";

  private static Limits onePerAddress() {
    return Records.with(Limits.DEFAULT, "connectionsPerAddress", new Bound(1));
  }

  private static GatewayFixture reading(ProxyHeader header) {
    return GatewayFixture.gateway().dialect("peerjs", "/", Map.of()).limits(onePerAddress())
        .proxies(header, "127.0.0.1").start();
  }

  private static WireClient client(GatewayFixture gateway, String id, Map<String, String> headers) {
    WireClient client =
        WireClient.connect(gateway.wsUri("/peerjs?key=peerjs&token=t&id=" + id), headers);
    client.awaitText("{\"type\":\"OPEN\"}"::equals);
    return client;
  }

  private static void assertRefused(GatewayFixture gateway, Map<String, String> headers) {
    assertThatThrownBy(() -> client(gateway, "more", headers))
        .isInstanceOfSatisfying(
            UpgradeRefusedException.class,
            refused -> assertThat(refused.status()).isEqualTo(429));
  }

  @ParameterizedTest
  @CsvSource({
    // One client, whatever its port.
    "203.0.113.1:5000, 203.0.113.1:5001, 203.0.113.2:5000",
    "[2001:db8::1]:5000, [2001:db8::1]:5001, [2001:db8:0:1::2]:5000",
    // One client, however its address is written.
    "2001:db8::1, 2001:DB8:0:0:0:0:0:1, 2001:db8:0:1::2",
    "203.0.113.1, ::ffff:203.0.113.1, ::ffff:203.0.113.2",
    // What the proxy does not know counts as the proxy.
    "unknown, garbage:, 203.0.113.1",
  })
  void givenTwoAddressesOfOneClient_whenItConnectsTwice_thenItIsRefusedAndAnotherIsNot(
      String first, String same, String other) {
    try (GatewayFixture gateway = reading(ProxyHeader.X_FORWARDED_FOR);
        WireClient one = client(gateway, "one", Map.of(USUAL, first));
        WireClient two = client(gateway, "two", Map.of(USUAL, other))) {
      assertRefused(gateway, Map.of(USUAL, same));
      assertThat(one.isOver() || two.isOver()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "for=203.0.113.1, for=\"203.0.113.1:5001\";proto=https, for=203.0.113.2",
        "for=\"[2001:db8::1]:4711\", For=\"[2001:DB8:0::1]\", for=\"[2001:db8:0:1::2]:4711\"",
        "for=_hidden, for=unknown, for=203.0.113.1",
        "for=_hidden, for=_another, for=203.0.113.1",
        "~for=6.6.6.6, for=203.0.113.1~, ~for=\"7.7.7.7, for=203.0.113.1~, for=203.0.113.2",
      })
  void givenTheStandardHeader_whenAClientConnectsTwice_thenItIsRefusedAndAnotherIsNot(
      String first, String same, String other) {
    try (GatewayFixture gateway = reading(ProxyHeader.FORWARDED);
        WireClient one = client(gateway, "one", Map.of(STANDARD, first));
        WireClient two = client(gateway, "two", Map.of(STANDARD, other))) {
      assertRefused(gateway, Map.of(STANDARD, same));
      assertThat(one.isOver() || two.isOver()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"X_FORWARDED_FOR", "FORWARDED"})
  void givenAHeaderThatTheProxyDoesNotWrite_whenTheClientWritesIt_thenItIsNotRead(
      ProxyHeader read) {
    boolean isUsual = read == ProxyHeader.X_FORWARDED_FOR;
    try (GatewayFixture gateway = reading(read);
        WireClient one = client(gateway, "one", both(isUsual, "203.0.113.1", "198.51.100.1"))) {
      assertRefused(gateway, both(isUsual, "203.0.113.1", "198.51.100.2"));
      client(gateway, "two", both(isUsual, "203.0.113.2", "198.51.100.1")).close();
      assertThat(one.isOver()).isFalse();
    }
  }

  private static Map<String, String> both(boolean isUsual, String proxys, String clients) {
    return Map.of(
        USUAL, isUsual ? proxys : clients, STANDARD, "for=" + (isUsual ? clients : proxys));
  }

  @Test
  void givenProxied_whenTheStandardHeaderIsRead_thenItIsBelievedFromAnybody() {
    try (GatewayFixture gateway =
        GatewayFixture.gateway().dialect("peerjs", "/", Map.of("proxied", true))
            .limits(onePerAddress()).proxies(ProxyHeader.FORWARDED).start();
        WireClient one = client(gateway, "one", Map.of(STANDARD, "for=203.0.113.1"));
        WireClient two = client(gateway, "two", Map.of(STANDARD, "for=203.0.113.2"))) {
      assertRefused(gateway, Map.of(STANDARD, "for=203.0.113.1", USUAL, "203.0.113.3"));
      assertThat(one.isOver() || two.isOver()).isFalse();
    }
  }
}
