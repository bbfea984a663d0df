package dev.parley.dialect.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.TextEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdleTimerTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final ManualConnection connection = new ManualConnection();
  private int idle;

  private IdleTimer timer() {
    return new IdleTimer(connection, LIMIT, () -> idle++, () -> connection.nanos);
  }

  @Test
  void givenNoActivity_whenTheLimitPasses_thenTheTaskRunsEachTime() {
    var unused = timer();
    connection.passes(LIMIT);
    assertThat(idle).isEqualTo(1);
    connection.passes(LIMIT);
    assertThat(idle).isEqualTo(2);
  }

  @Test
  void givenActivity_whenTheTimerRunsOut_thenItWaitsForWhatIsLeftOfTheLimit() {
    IdleTimer timer = timer();
    connection.passes(Duration.ofSeconds(4));
    timer.touch();
    connection.passes(Duration.ofSeconds(6));
    assertThat(idle).isZero();
    assertThat(connection.delays).containsExactly(LIMIT, Duration.ofSeconds(4));
    connection.passes(Duration.ofSeconds(4));
    assertThat(idle).isEqualTo(1);
  }

  @Test
  void givenMuchActivity_whenItIsCounted_thenNoTimerIsSetForIt() {
    IdleTimer timer = timer();
    for (int i = 0; i < 1_000; i++) {
      timer.touch();
    }
    assertThat(connection.delays).hasSize(1);
  }

  @Test
  void givenACancelledTimer_whenTheLimitPasses_thenTheTaskDoesNotRun() {
    timer().cancel();
    connection.passes(LIMIT);
    assertThat(idle).isZero();
  }

  /** A connection with a clock that the test moves, and one timer at most. */
  private static final class ManualConnection implements Connection {

    private final List<Duration> delays = new ArrayList<>();
    private @Nullable Runnable task;
    private long dueAt;
    private long nanos;

    private void passes(Duration time) {
      nanos += time.toNanos();
      Runnable due = task;
      if (due != null && nanos >= dueAt) {
        task = null;
        due.run();
      }
    }

    @Override
    public Timer after(Duration delay, Runnable later) {
      delays.add(delay);
      task = later;
      dueAt = nanos + delay.toNanos();
      return () -> task = null;
    }

    @Override
    public <T> void send(T message, TextEncoder<T> encoder) {}

    @Override
    public void close(CloseReason reason) {}

    @Override
    public void close(CloseReason reason, String text) {}

    @Override
    public Duration silence() {
      return Duration.ZERO;
    }

    @Override
    public void ping() {}

    @Override
    public long id() {
      return 1;
    }
  }
}
