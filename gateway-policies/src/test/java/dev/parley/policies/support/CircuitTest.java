package dev.parley.policies.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policies.support.Circuit.Change;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitTest {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final TestClock clock = new TestClock();
  private final Circuit circuit = new Circuit(3, PAUSE, clock);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(circuit.allows()).isTrue();
      var unused = circuit.failed();
    }
  }

  @Test
  void givenFailures_whenASuccessIsBetween_thenTheCircuitStaysClosed() {
    for (int i = 0; i < 10; i++) {
      fail(2);
      assertThat(circuit.succeeded()).isEqualTo(Change.NONE);
    }

    assertThat(circuit.allows()).isTrue();
  }

  @Test
  void givenFailuresInARow_whenTheCircuitOpens_thenOneCallProbesAfterEachPause() {
    fail(2);
    assertThat(circuit.failed()).isEqualTo(Change.OPENED);
    assertThat(circuit.allows()).isFalse();

    clock.pass(PAUSE);
    assertThat(circuit.allows()).isTrue();
    assertThat(circuit.allows()).isFalse();
    assertThat(circuit.failed()).isEqualTo(Change.NONE);
    assertThat(circuit.allows()).isFalse();

    clock.pass(PAUSE);
    assertThat(circuit.allows()).isTrue();
    assertThat(circuit.succeeded()).isEqualTo(Change.CLOSED);
    fail(2);
  }

  @Test
  void givenAProbeWithoutAnOutcome_whenAnotherPauseIsOver_thenTheNextOneProbes() {
    fail(3);
    clock.pass(PAUSE);
    assertThat(circuit.allows()).isTrue();

    clock.pass(PAUSE);

    assertThat(circuit.allows()).isTrue();
  }
}
