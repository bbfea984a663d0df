package dev.parley.net.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.ConfigurationException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client's address, as named by proxies. */
class TrustedProxiesTest {

  private static final List<String> TRUSTED = List.of("10.0.0.0/8", "::1", "fd00::/8");

  private static TrustedProxies reading(ProxyHeader header) {
    return new TrustedProxies(new ProxyOptions(TRUSTED, header));
  }

  @Nested
  class ByXForwardedFor {

    private final TrustedProxies proxies = reading(ProxyHeader.X_FORWARDED_FOR);

    @ParameterizedTest
    @CsvSource(
        value = {
          "203.0.113.9, 198.51.100.1, 203.0.113.9",
          "10.1.2.3, 198.51.100.1, 198.51.100.1",
          "::1, 2001:db8::7, 2001:db8::7",
          // Anything before the first untrusted address may be forged.
          "10.1.2.3, '6.6.6.6, 198.51.100.1', 198.51.100.1",
          "10.1.2.3, 'nonsense, 198.51.100.1', 198.51.100.1",
          // A chain of trusted proxies, from the right.
          "10.1.2.3, '198.51.100.1, 10.9.9.9', 198.51.100.1",
          "10.1.2.3, '6.6.6.6,198.51.100.1,fd12::1,10.9.9.9', 198.51.100.1",
          "10.1.2.3, '10.0.0.5, 10.0.0.6', 10.0.0.5",
          // With a port.
          "10.1.2.3, 203.0.113.1:5000, 203.0.113.1",
          "10.1.2.3, [2001:db8::7]:5000, 2001:db8::7",
          "10.1.2.3, [2001:db8::7], 2001:db8::7",
          "10.1.2.3, '6.6.6.6:1, 203.0.113.1:5000, 10.9.9.9:80', 203.0.113.1",
          // Every spelling of an address is the same client.
          "10.1.2.3, 2001:DB8:0:0::7, 2001:db8::7",
          "10.1.2.3, 2001:0db8:0000:0000:0000:0000:0000:0007, 2001:db8::7",
          "10.1.2.3, ::ffff:203.0.113.1, 203.0.113.1",
          "10.1.2.3, ::ffff:cb00:7101, 203.0.113.1",
          "10.1.2.3, [::ffff:203.0.113.1]:5000, 203.0.113.1",
          "10.1.2.3, fe80::1%eth0, fe80::1",
          "::ffff:10.1.2.3, 203.0.113.1, 203.0.113.1",
          "10.1.2.3, '203.0.113.1, ::ffff:10.9.9.9', 203.0.113.1",
          "2001:db8:0:0:0:0:0:9, '', 2001:db8::9",
          // Empty elements of a list do not count.
          "10.1.2.3, '203.0.113.1, ,', 203.0.113.1",
          // No address: the client counts as the last readable proxy.
          "10.1.2.3, '', 10.1.2.3",
          "10.1.2.3, ',,', 10.1.2.3",
          "10.1.2.3, nonsense, 10.1.2.3",
          "10.1.2.3, unknown, 10.1.2.3",
          "10.1.2.3, '198.51.100.1, nonsense', 10.1.2.3",
          "10.1.2.3, '198.51.100.1, nonsense, 10.9.9.9', 10.9.9.9",
          "10.1.2.3, 203.0.113.1:, 10.1.2.3",
          "10.1.2.3, 203.0.113.1:port, 10.1.2.3",
          "10.1.2.3, 203.0.113.256, 10.1.2.3",
          "10.1.2.3, [203.0.113.1, 10.1.2.3",
          "10.1.2.3, [2001:db8::7]5000, 10.1.2.3",
          "10.1.2.3, [], 10.1.2.3",
          "10.1.2.3, :::, 10.1.2.3",
          "10.1.2.3, for=203.0.113.1, 10.1.2.3",
        })
    void givenAConnectionAndItsHeader_whenAsked_thenTheClientIsWhoTrustedProxiesSay(
        String connection, String header, String client) {
      assertThat(proxies.clientOf(connection, List.of(header))).isEqualTo(client);
    }

    @Test
    void givenNoHeader_whenAsked_thenTheClientIsTheConnectionsOwn() {
      assertThat(proxies.clientOf("10.1.2.3", List.of())).isEqualTo("10.1.2.3");
    }

    @Test
    void givenSeveralLines_whenAsked_thenTheyAreOneList() {
      assertThat(proxies.clientOf("10.1.2.3", List.of("6.6.6.6", "203.0.113.1, 10.0.0.7")))
          .isEqualTo("203.0.113.1");
    }
  }

  @Nested
  class ByForwarded {

    private final TrustedProxies proxies = reading(ProxyHeader.FORWARDED);

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '~',
        value = {
          "203.0.113.9, for=198.51.100.1, 203.0.113.9",
          "10.1.2.3, for=203.0.113.1, 203.0.113.1",
          "10.1.2.3, FOR=203.0.113.1;Proto=https;by=10.1.2.3, 203.0.113.1",
          "10.1.2.3, ~by=_proxy;host=\"a;b,c\";for=203.0.113.1~, 203.0.113.1",
          "10.1.2.3, ;for=203.0.113.1; ; proto=http;, 203.0.113.1",
          // Quoted, with ports, also obfuscated ones.
          "10.1.2.3, for=\"203.0.113.1\", 203.0.113.1",
          "10.1.2.3, for=\"203.0.113.1:4711\", 203.0.113.1",
          "10.1.2.3, for=203.0.113.1:4711, 203.0.113.1",
          "10.1.2.3, for=\"[2001:db8::1]\", 2001:db8::1",
          "10.1.2.3, for=\"[2001:db8::1]:4711\", 2001:db8::1",
          "10.1.2.3, for=\"[2001:DB8:0::1]:_p4711\", 2001:db8::1",
          "10.1.2.3, for=\"[::ffff:203.0.113.1]\", 203.0.113.1",
          "10.1.2.3, for=[2001:db8::1]:4711, 2001:db8::1",
          "10.1.2.3, for=\"203.0.\\113.1\", 203.0.113.1",
          "10.1.2.3, host=\"a\\\"b\\\\\";for=203.0.113.1, 203.0.113.1",
          // Several elements, from the right.
          "10.1.2.3, ~for=6.6.6.6, for=203.0.113.1~, 203.0.113.1",
          "10.1.2.3, ~for=6.6.6.6, for=203.0.113.1;by=10.9.9.9, for=\"[fd12::1]:1\"~, 203.0.113.1",
          "10.1.2.3, ~for=_hidden, for=203.0.113.1~, 203.0.113.1",
          "10.1.2.3, ~host=\"a, for=6.6.6.6\";for=203.0.113.1~, 203.0.113.1",
          "10.1.2.3, ~for=203.0.113.1,~, 203.0.113.1",
          // Half a quoted text from the client hides nothing that the proxy appended.
          "10.1.2.3, ~for=\"6.6.6.6, for=203.0.113.1~, 203.0.113.1",
          "10.1.2.3, ~for=\"6.6.6.6\\, for=203.0.113.1~, 203.0.113.1",
          "10.1.2.3, ~for=\"6.6.6.6, for=\"[2001:db8::1]:1\"~, 2001:db8::1",
          "10.1.2.3, ~for=\"6.6.6.6\\\\\\, for=\"[2001:db8::1]:1\"~, 2001:db8::1",
          // No address: the client counts as the last readable proxy.
          "10.1.2.3, for=unknown, 10.1.2.3",
          "10.1.2.3, for=_hidden, 10.1.2.3",
          "10.1.2.3, for=\"_hidden:_port\", 10.1.2.3",
          "10.1.2.3, ~for=203.0.113.1, for=unknown~, 10.1.2.3",
          "10.1.2.3, ~for=203.0.113.1, for=_hidden, for=10.9.9.9~, 10.9.9.9",
          "10.1.2.3, proto=https;by=203.0.113.1, 10.1.2.3",
          "10.1.2.3, for=203.0.113.1;for=203.0.113.2, 10.1.2.3",
          "10.1.2.3, for=, 10.1.2.3",
          "10.1.2.3, for, 10.1.2.3",
          "10.1.2.3, =, 10.1.2.3",
          "10.1.2.3, for=\", 10.1.2.3",
          "10.1.2.3, for=\"203.0.113.1, 10.1.2.3",
          "10.1.2.3, for=\"203.0.113.1\"1, 10.1.2.3",
          "10.1.2.3, for=\"203.0.113.1\\, 10.1.2.3",
          "10.1.2.3, 203.0.113.1, 10.1.2.3",
          "10.1.2.3, ~~, 10.1.2.3",
        })
    void givenAConnectionAndItsHeader_whenAsked_thenTheClientIsWhoTrustedProxiesSay(
        String connection, String header, String client) {
      assertThat(proxies.clientOf(connection, List.of(header))).isEqualTo(client);
    }

    @Test
    void givenSeveralLines_whenAsked_thenTheyAreOneList() {
      assertThat(
          proxies.clientOf("10.1.2.3", List.of("for=\"6.6.6.6", "for=203.0.113.1", "for=10.0.0.7")))
          .isEqualTo("203.0.113.1");
    }
  }

  @Property(tries = 2000)
  void givenAnyText_whenItIsBeforeWhatTheProxyWrote_thenItChangesNothing(
      @ForAll @Chars({',', '"', '\\', ';', '=', ':', '[', ']', '.', '1', 'f', ' '}) String any) {
    TrustedProxies usual = reading(ProxyHeader.X_FORWARDED_FOR);
    assertThat(usual.clientOf("10.1.2.3", List.of(any + ", 203.0.113.1")))
        .isEqualTo("203.0.113.1");
    TrustedProxies standard = reading(ProxyHeader.FORWARDED);
    assertThat(standard.clientOf("10.1.2.3", List.of(any + ", for=203.0.113.1")))
        .isEqualTo("203.0.113.1");
    assertThat(standard.clientOf("10.1.2.3", List.of(any, "for=\"[2001:db8::1]:4711\"")))
        .isEqualTo("2001:db8::1");
  }

  @Property(tries = 2000)
  void givenAnyTextsAtAll_whenAsked_thenThereIsAnAnswer(@ForAll @Size(max = 4) List<String> any) {
    for (ProxyHeader header : ProxyHeader.values()) {
      assertThat(reading(header).clientOf("10.1.2.3", any)).isNotEmpty();
    }
  }

  @Test
  void givenAVeryLongHeader_whenAsked_thenTheAnswerIsTheSame() {
    for (ProxyHeader header : ProxyHeader.values()) {
      for (String part : List.of("\"", "\\\"", "\",", ",", "for=\"", "for=10.0.0.1,")) {
        assertThat(reading(header).clientOf("10.1.2.3", List.of(part.repeat(20_000))))
            .isIn("10.1.2.3", "10.0.0.1");
      }
    }
  }

  @Nested
  class Entries {

    @ParameterizedTest
    @CsvSource({
      "10.0.0.0/8, 10.255.0.1, true",
      "10.0.0.0/8, 11.0.0.1, false",
      "10.1.2.3/8, 10.9.9.9, true",
      "10.0.0.128/25, 10.0.0.127, false",
      "10.0.0.128/25, 10.0.0.255, true",
      "200.0.0.0/5, 207.1.1.1, true",
      "200.0.0.0/5, 208.1.1.1, false",
      "10.0.0.1, 10.0.0.1, true",
      "10.0.0.1, 10.0.0.2, false",
      "0.0.0.0/0, 203.0.113.1, true",
      "0.0.0.0/0, ::1, false",
      "::/0, 2001:db8::1, true",
      "::/0, 203.0.113.1, false",
      "2001:db8::/33, 2001:db8:7fff::1, true",
      "2001:db8::/33, 2001:db8:8000::1, false",
      "2001:DB8:0:0::1, 2001:db8::1, true",
      "[2001:db8::1], 2001:db8::1, true",
      "::ffff:10.0.0.0/104, 10.9.9.9, true",
      "::ffff:10.0.0.1, 10.0.0.1, true",
    })
    void givenAnEntry_whenAnAddressIsTried_thenItIsInThatNetworkOrNot(
        String entry, String address, boolean expected) {
      assertThat(IpNetwork.parse(entry).flatMap(
          network -> IpNetwork.address(address).map(network::contains)))
          .isEqualTo(Optional.of(expected));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"proxy.example.org", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/-1", "10.0.0.0/",
          "10.0.0.0/8/8", "10.0.0.0/255.0.0.0", "::/129", "::ffff:10.0.0.0/8", "10.0.0", "",
          "10.0.0.1:80", "unix:"})
    void givenWhatIsNoAddress_whenConfigured_thenItIsRefusedByItsKey(String text) {
      List<String> entries = List.of("127.0.0.1", text);

      assertThatThrownBy(() -> new ProxyOptions(entries, ProxyHeader.X_FORWARDED_FOR))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("proxies.1");
    }
  }
}
