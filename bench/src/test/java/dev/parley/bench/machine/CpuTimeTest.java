package dev.parley.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuTimeTest {

  private static final CpuTime TIME = new CpuTime(Duration.ofMillis(30), Duration.ofMillis(10));

  @Test
  void givenTimes_whenAddedAndTakenAway_thenEachKindIsForItself() {
    CpuTime more = TIME.plus(new CpuTime(Duration.ofMillis(1), Duration.ofMillis(2)));

    assertThat(more.total()).isEqualTo(Duration.ofMillis(43));
    assertThat(more.minus(TIME).kernel()).isEqualTo(Duration.ofMillis(2));
  }

  @Test
  void givenATime_whenAskedForTheShareOfTheKernel_thenItIsOfTheWhole() {
    assertThat(TIME.kernelShare()).isEqualTo(0.25);
    assertThat(CpuTime.ZERO.kernelShare()).isZero();
  }
}
