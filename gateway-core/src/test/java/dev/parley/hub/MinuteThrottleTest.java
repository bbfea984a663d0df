package dev.parley.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MinuteThrottleTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private static int passing(MinuteThrottle throttle, int tries, long now) {
    int passing = 0;
    for (int i = 0; i < tries; i++) {
      passing += throttle.pass(now) ? 1 : 0;
    }
    return passing;
  }

  @Test
  void givenAThrottle_whenManyComeAtOnce_thenAsManyPassAsMayInAMinute() {
    MinuteThrottle throttle = new MinuteThrottle(60, 0);

    assertThat(passing(throttle, 1_000, 0)).isEqualTo(60);
    assertThat(passing(throttle, 1_000, SECOND)).isEqualTo(1);
    assertThat(passing(throttle, 1_000, 11 * SECOND)).isEqualTo(10);
    assertThat(passing(throttle, 1_000, 600 * SECOND)).isEqualTo(60);
  }

  @Test
  void givenAClockThatOverflows_whenTimeGoesOn_thenItIsCountedAllTheSame() {
    long now = Long.MAX_VALUE - SECOND;
    MinuteThrottle throttle = new MinuteThrottle(60, now);

    assertThat(passing(throttle, 100, now)).isEqualTo(60);
    assertThat(passing(throttle, 100, now + 2 * SECOND)).isEqualTo(2);
  }
}
