package dev.parley.cluster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final ReplayWindow recent = new ReplayWindow(Duration.ofSeconds(5), 1_000);

  private static PendingCommand.Answer<?> answer(int bytes) {
    return new PendingCommand.Answer<>() {
      @Override
      public void done(Object result) {}

      @Override
      public void failed() {}

      @Override
      public int keptBytes() {
        return bytes;
      }
    };
  }

  @Test
  void givenMoreThanTheBound_whenAdded_thenTheOldestAreDropped() {
    PendingCommand.Answer<?> last = answer(400);
    recent.add(1, 0, List.of(answer(400)));
    recent.add(2, 0, List.of(answer(400)));
    recent.add(3, 0, List.of(last));

    assertThat(recent.bytes()).isEqualTo(800);
    assertThat(recent.takeAfter(2)).containsExactly(last);
    assertThat(recent.bytes()).isZero();
  }

  @Test
  void givenBatchesOlderThanTheWindow_whenMoreIsAdded_thenTheyAreDropped() {
    recent.add(1, 0, List.of(answer(10)));
    recent.add(2, 6 * SECOND, List.of(answer(10)));

    assertThat(recent.takeAfter(0)).hasSize(1);
  }
}
