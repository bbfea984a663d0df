package dev.parley.net.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Bound;
import dev.parley.net.proxy.IpNetwork;
import dev.parley.net.proxy.ProxyHeader;
import dev.parley.net.proxy.ProxyOptions;
import dev.parley.net.proxy.TrustedProxies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionLimiterTest {

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final TrustedProxies proxies =
      new TrustedProxies(new ProxyOptions(List.of("10.0.0.1"), ProxyHeader.X_FORWARDED_FOR));
  private ConnectionLimiter limiter = limiter(Map.of());

  private ConnectionLimiter limiter(Map<String, Object> limits) {
    return new ConnectionLimiter(OtherLimits.with(limits), proxies::isTrusted, metrics);
  }

  /** A connection from an address. */
  private static EmbeddedChannel from(String address) {
    return new EmbeddedChannel() {
      @Override
      protected SocketAddress remoteAddress0() {
        return new InetSocketAddress(IpNetwork.address(address).orElseThrow(), 1234);
      }
    };
  }

  private EmbeddedChannel comes(String address) {
    EmbeddedChannel channel = from(address);
    assertThat(limiter.enter(channel)).isTrue();
    return channel;
  }

  private static void leaves(EmbeddedChannel channel) {
    var unused = channel.close();
    channel.runPendingTasks();
  }

  private double refused(String cause) {
    return metrics.get("parley.connections.refused").tag("cause", cause).counter().count();
  }

  @Test
  void givenConnectionsThatSayNothing_whenThereAreTooMany_thenTheNextAreAnsweredAndThenClosed() {
    limiter = limiter(Map.of("connections", new Bound(2)));
    EmbeddedChannel first = comes("192.0.2.1");
    comes("192.0.2.2");
    EmbeddedChannel third = comes("192.0.2.3");

    assertThat(limiter.take(first)).isEmpty();
    assertThat(limiter.take(third)).contains(ConnectionLimiter.Full.IN_ALL);
    assertThat(limiter.takeWebSocket(third, "192.0.2.3")).contains(ConnectionLimiter.Full.IN_ALL);
    IntStream.range(0, 7).forEach(i -> comes("192.0.2.4"));
    assertThat(limiter.enter(from("192.0.2.5"))).isFalse();
    assertThat(refused("in_all")).isOne();
    assertThat(limiter.taken()).isEqualTo(2);

    leaves(first);
    assertThat(limiter.take(third)).isEmpty();
    assertThat(limiter.enter(from("192.0.2.5"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "64,  2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
    "64,  2001:db8:1:2::1, 2001:db8:1:3::1, false",
    "60,  2001:db8:1:20::1, 2001:db8:1:2f::1, true",
    "60,  2001:db8:1:20::1, 2001:db8:1:30::1, false",
    "128, 2001:db8:1:2::1, 2001:db8:1:2::2, false",
    "1,   2001:db8::1, 2001:db9::1, true",
    "64,  192.0.2.1, 192.0.2.2, false",
    "64,  192.0.2.1, ::ffff:192.0.2.1, true"
  })
  void givenAPrefix_whenAddressesBeginAlike_thenTheyAreOneAddress(
      int prefix, String one, String other, boolean isOne) {
    limiter = limiter(Map.of("connectionsPerAddress", new Bound(1), "addressPrefix", prefix));
    comes(one);

    EmbeddedChannel second = comes(other);

    assertThat(limiter.takeWebSocket(second, other).isPresent()).isEqualTo(isOne);
  }

  @Test
  void givenManyConnectionsOfOneAddress_whenAnotherOneComes_thenItHasAPlaceAllTheSame() {
    limiter = limiter(Map.of("connectionsPerAddress", new Bound(3)));
    List<EmbeddedChannel> crowd =
        IntStream.range(0, 11).mapToObj(i -> comes("2001:db8::" + i)).toList();

    assertThat(limiter.enter(from("2001:db8::ff"))).isFalse();
    assertThat(refused("of_address")).isOne();
    assertThat(limiter.take(comes("2001:db8:0:1::1"))).isEmpty();
    assertThat(limiter.taken()).isEqualTo(4);

    crowd.forEach(ConnectionLimiterTest::leaves);
    assertThat(limiter.take(comes("2001:db8::ff"))).isEmpty();
    assertThat(limiter.taken()).isEqualTo(2);
  }

  @Test
  void givenAProxy_whenItsClientsOpenWebSockets_thenTheyCountAndTheProxyDoesNot() {
    limiter = limiter(Map.of("connectionsPerAddress", new Bound(1)));
    List<EmbeddedChannel> ofProxy =
        IntStream.range(0, 50).mapToObj(i -> comes("10.0.0.1")).toList();
    assertThat(ofProxy).allSatisfy(channel -> assertThat(limiter.take(channel)).isEmpty());

    assertThat(limiter.takeWebSocket(ofProxy.get(0), "2001:db8::1")).isEmpty();
    assertThat(limiter.takeWebSocket(ofProxy.get(1), "2001:db8::2"))
        .contains(ConnectionLimiter.Full.OF_ADDRESS);
    assertThat(limiter.takeWebSocket(ofProxy.get(2), "192.0.2.1")).isEmpty();
    assertThat(limiter.webSockets()).isEqualTo(2);

    leaves(ofProxy.get(0));
    assertThat(limiter.webSockets()).isOne();
    assertThat(limiter.takeWebSocket(ofProxy.get(3), "2001:db8::3")).isEmpty();
  }

  @Test
  void givenAConnectionThatIsRefused_whenItLingers_thenItsPlaceIsFree() {
    limiter = limiter(Map.of("connectionsPerAddress", new Bound(1)));
    EmbeddedChannel first = comes("192.0.2.1");
    assertThat(limiter.take(first)).isEmpty();

    limiter.giveUp(first);
    limiter.giveUp(first);

    assertThat(limiter.taken()).isZero();
    assertThat(limiter.takeWebSocket(comes("192.0.2.1"), "192.0.2.1")).isEmpty();
    leaves(first);
    assertThat(limiter.taken()).isOne();
  }

  @Test
  void givenAWebSocket_whenItHasItsPlace_thenItsChannelKeepsNoAttributeOfIt() {
    AttributeKey<Object> place = AttributeKey.valueOf(ConnectionLimiter.class, "place");
    EmbeddedChannel channel = comes("192.0.2.1");
    assertThat(channel.hasAttr(place)).isTrue();

    assertThat(limiter.takeWebSocket(channel, "192.0.2.1")).isEmpty();

    assertThat(channel.hasAttr(place)).isFalse();
    leaves(channel);
    assertThat(limiter.taken()).isZero();
    assertThat(limiter.webSockets()).isZero();
  }

  @Test
  void givenNoBounds_whenManyCome_thenAllHaveLimiter() {
    limiter = limiter(Map.of("connections", Bound.OFF, "connectionsPerAddress", Bound.OFF));

    for (int i = 0; i < 100; i++) {
      assertThat(limiter.takeWebSocket(comes("192.0.2.1"), "192.0.2.1")).isEmpty();
    }
    assertThat(limiter.webSockets()).isEqualTo(100);
  }
}
