package dev.parley.net.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DenialLogTest {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final List<String> lines = new ArrayList<>();
  private long now = -5;
  private final DenialLog log =
      new DenialLog(() -> now, (realm, denied) -> lines.add(realm + " " + denied));

  private void deny(String realm, int times) {
    for (int i = 0; i < times; i++) {
      log.add(realm);
    }
  }

  @Test
  void givenFewDenials_whenMinutesPass_thenNoneIsLogged() {
    for (int minute = 0; minute < 10; minute++) {
      deny("default", DenialLog.MANY - 1);
      now += MINUTE;
    }

    assertThat(lines).isEmpty();
  }

  @Test
  void givenManyDenials_whenLogged_thenThereIsOneLineAMinuteForEachRealmWithAllOfThem() {
    deny("default", DenialLog.MANY);
    deny("other", DenialLog.MANY);
    assertThat(lines).containsExactly("default 100", "other 100");

    deny("default", 5_000);
    assertThat(lines).hasSize(2);
    now += MINUTE;
    deny("default", 1);
    assertThat(lines).last().isEqualTo("default 5001");

    now += MINUTE;
    deny("default", DenialLog.MANY - 1);
    assertThat(lines).hasSize(3);
  }

  @Test
  void givenADialectThatMakesRealmsUp_whenTheyAreVeryMany_thenTheyShareOneEntry() {
    for (int i = 0; i < 5_000; i++) {
      deny("realm" + i, 1);
    }

    assertThat(lines).first().isEqualTo("(others) 100");
  }
}
