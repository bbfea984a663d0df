package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkTest {

  private static Network network(String text) {
    return Network.parse(text).orElseThrow();
  }

  private static boolean contains(String network, String address) {
    Network of = network(network);
    Network single = network(address);
    return of.bits() <= single.bits() && single.widened(of.bits()).equals(of);
  }

  @Test
  void givenNetworks_whenAddressesAreLookedUp_thenThePrefixDecides() {
    assertThat(contains("10.0.0.0/8", "10.255.1.2")).isTrue();
    assertThat(contains("10.0.0.0/8", "11.0.0.0")).isFalse();
    assertThat(contains("10.1.2.3/31", "10.1.2.2")).isTrue();
    assertThat(contains("10.1.2.3/31", "10.1.2.4")).isFalse();
    assertThat(contains("0.0.0.0/0", "203.0.113.9")).isTrue();
    assertThat(contains("0.0.0.0/0", "2001:db8::1")).isFalse();
    assertThat(contains("2001:db8::/33", "2001:db8:7fff::1")).isTrue();
    assertThat(contains("2001:db8::/33", "2001:db8:8000::1")).isFalse();
  }

  @Test
  void givenOneAddressInSeveralForms_whenParsed_thenTheyAreTheSame() {
    assertThat(network("::ffff:10.0.0.1")).isEqualTo(network("10.0.0.1"));
    assertThat(network("::ffff:10.0.0.0/104")).isEqualTo(network("10.0.0.0/8"));
    assertThat(network("2001:DB8:0:0::1")).isEqualTo(network("2001:db8::1"));
  }

  @Test
  void givenTextsThatAreNoAddress_whenParsed_thenThereIsNone() {
    for (String text : new String[] {"", "localhost", "10.0.0", "10.0.0.256", "10.0.0.01", "1",
      "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::1/129", ":::", "fe80::1%eth0", "cafe",
      "10.0.0.1 ", "010.0.0.1", "::ffff:10.0.0.0/95", "1.2.3.4.5"}) {
      assertThat(Network.parse(text)).as(text).isEqualTo(Optional.empty());
    }
  }
}
