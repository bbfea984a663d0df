package dev.parley.net.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Rate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRateTest {

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);

  private AddressRate rate(int perSecond, int burst) {
    return new AddressRate(new Rate(perSecond), burst, new AddressPrefix(64), clock::get);
  }

  private static int takes(AddressRate rate, String address, int times) {
    int taken = 0;
    for (int i = 0; i < times; i++) {
      taken += rate.take(address).isZero() ? 1 : 0;
    }
    return taken;
  }

  @Test
  void givenABurst_whenItIsUsedUp_thenTokensComeWithTheRate() {
    AddressRate rate = rate(10, 5);

    assertThat(takes(rate, "192.0.2.1", 8)).isEqualTo(5);
    assertThat(rate.take("192.0.2.1")).isEqualTo(Duration.ofMillis(100));
    clock.addAndGet(Duration.ofMillis(100).toNanos());
    assertThat(takes(rate, "192.0.2.1", 8)).isEqualTo(1);
    clock.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(takes(rate, "192.0.2.1", 8)).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.1, 192.0.2.2, false", "192.0.2.1, ::ffff:192.0.2.1, true",
    "2001:db8::1, 2001:db8::2, true", "2001:db8::1, 2001:db8:0:1::1, false",
    "unix:a, unix:b, false"})
  void givenTwoAddresses_whenOneIsUsedUp_thenTheOtherIsIfTheyCountAsOne(
      String one, String other, boolean same) {
    AddressRate rate = rate(1, 100);
    takes(rate, one, 100);

    assertThat(takes(rate, other, 100)).isEqualTo(same ? 0 : 100);
  }

  @Test
  void givenAThousandAddressesThatExceedTheRate_whenOthersCome_thenNearlyAllAreServed() {
    AddressRate rate = rate(1, 5);
    for (int i = 0; i < 1_000; i++) {
      takes(rate, "203.0." + i / 250 + "." + i % 250, 10);
    }

    int served = 0;
    for (int i = 0; i < 10_000; i++) {
      served += takes(rate, "198.51." + i / 250 + "." + i % 250, 1);
    }

    // Those, and others before them, have put something into each bucket: one in a thousand.
    assertThat(served).isGreaterThan(9_900);
  }

  @Test
  void givenTheDefaults_whenAllThatOneAddressMayHaveComeBackTwice_thenNoneIsRefused() {
    AddressRate rate =
        new AddressRate(Limits.DEFAULT.connectionRate(), Limits.DEFAULT.connectionBurst(),
            new AddressPrefix(64), clock::get);
    int all = Limits.DEFAULT.connectionsPerAddress().most();

    assertThat(takes(rate, "192.0.2.1", 2 * all)).isEqualTo(2 * all);
    assertThat(takes(rate, "192.0.2.1", 1)).isZero();
    clock.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(takes(rate, "192.0.2.1", 2 * all)).isEqualTo(2 * all);
  }

  @Test
  void givenNoRate_whenTaken_thenThereIsNoBound() {
    AddressRate rate = new AddressRate(Rate.OFF, 1, new AddressPrefix(64), clock::get);

    assertThat(takes(rate, "192.0.2.1", 100_000)).isEqualTo(100_000);
  }
}
