package dev.parley.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Bound;
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

class PlacesTest {

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final TrustedProxies proxies =
      new TrustedProxies(new ProxyOptions(List.of("10.0.0.1"), ProxyHeader.X_FORWARDED_FOR));
  private Places places = places(Map.of());

  private Places places(Map<String, Object> limits) {
    return new Places(OtherLimits.with(limits), proxies::isTrusted, metrics);
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
    assertThat(places.enter(channel)).isTrue();
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
    places = places(Map.of("connections", new Bound(2)));
    EmbeddedChannel first = comes("192.0.2.1");
    comes("192.0.2.2");
    EmbeddedChannel third = comes("192.0.2.3");

    assertThat(places.take(first)).isEmpty();
    assertThat(places.take(third)).contains(Places.Full.IN_ALL);
    assertThat(places.takeWebSocket(third, "192.0.2.3")).contains(Places.Full.IN_ALL);
    IntStream.range(0, 7).forEach(i -> comes("192.0.2.4"));
    assertThat(places.enter(from("192.0.2.5"))).isFalse();
    assertThat(refused("in_all")).isOne();
    assertThat(places.taken()).isEqualTo(2);

    leaves(first);
    assertThat(places.take(third)).isEmpty();
    assertThat(places.enter(from("192.0.2.5"))).isTrue();
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
    places = places(Map.of("connectionsPerAddress", new Bound(1), "addressPrefix", prefix));
    comes(one);

    EmbeddedChannel second = comes(other);

    assertThat(places.takeWebSocket(second, other).isPresent()).isEqualTo(isOne);
  }

  @Test
  void givenManyConnectionsOfOneAddress_whenAnotherOneComes_thenItHasAPlaceAllTheSame() {
    places = places(Map.of("connectionsPerAddress", new Bound(3)));
    List<EmbeddedChannel> crowd =
        IntStream.range(0, 11).mapToObj(i -> comes("2001:db8::" + i)).toList();

    assertThat(places.enter(from("2001:db8::ff"))).isFalse();
    assertThat(refused("of_address")).isOne();
    assertThat(places.take(comes("2001:db8:0:1::1"))).isEmpty();
    assertThat(places.taken()).isEqualTo(4);

    crowd.forEach(PlacesTest::leaves);
    assertThat(places.take(comes("2001:db8::ff"))).isEmpty();
    assertThat(places.taken()).isEqualTo(2);
  }

  @Test
  void givenAProxy_whenItsClientsOpenWebSockets_thenTheyCountAndTheProxyDoesNot() {
    places = places(Map.of("connectionsPerAddress", new Bound(1)));
    List<EmbeddedChannel> ofProxy =
        IntStream.range(0, 50).mapToObj(i -> comes("10.0.0.1")).toList();
    assertThat(ofProxy).allSatisfy(channel -> assertThat(places.take(channel)).isEmpty());

    assertThat(places.takeWebSocket(ofProxy.get(0), "2001:db8::1")).isEmpty();
    assertThat(places.takeWebSocket(ofProxy.get(1), "2001:db8::2"))
        .contains(Places.Full.OF_ADDRESS);
    assertThat(places.takeWebSocket(ofProxy.get(2), "192.0.2.1")).isEmpty();
    assertThat(places.webSockets()).isEqualTo(2);

    leaves(ofProxy.get(0));
    assertThat(places.webSockets()).isOne();
    assertThat(places.takeWebSocket(ofProxy.get(3), "2001:db8::3")).isEmpty();
  }

  @Test
  void givenAConnectionThatIsRefused_whenItLingers_thenItsPlaceIsFree() {
    places = places(Map.of("connectionsPerAddress", new Bound(1)));
    EmbeddedChannel first = comes("192.0.2.1");
    assertThat(places.take(first)).isEmpty();

    places.giveUp(first);
    places.giveUp(first);

    assertThat(places.taken()).isZero();
    assertThat(places.takeWebSocket(comes("192.0.2.1"), "192.0.2.1")).isEmpty();
    leaves(first);
    assertThat(places.taken()).isOne();
  }

  @Test
  void givenAWebSocket_whenItHasItsPlace_thenItsChannelKeepsNoAttributeOfIt() {
    AttributeKey<Object> place = AttributeKey.valueOf(Places.class, "place");
    EmbeddedChannel channel = comes("192.0.2.1");
    assertThat(channel.hasAttr(place)).isTrue();

    assertThat(places.takeWebSocket(channel, "192.0.2.1")).isEmpty();

    assertThat(channel.hasAttr(place)).isFalse();
    leaves(channel);
    assertThat(places.taken()).isZero();
    assertThat(places.webSockets()).isZero();
  }

  @Test
  void givenNoBounds_whenManyCome_thenAllHavePlaces() {
    places = places(Map.of("connections", Bound.OFF, "connectionsPerAddress", Bound.OFF));

    for (int i = 0; i < 100; i++) {
      assertThat(places.takeWebSocket(comes("192.0.2.1"), "192.0.2.1")).isEmpty();
    }
    assertThat(places.webSockets()).isEqualTo(100);
  }
}
