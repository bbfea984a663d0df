package dev.parley.net.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.net.limits.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class InlineBudgetTest {

  private static final int PIECES = 4;

  private final EmbeddedChannel loop = new EmbeddedChannel();
  private final InlineBudget budget = new InlineBudget(
      new FlushCycle(loop.eventLoop(), Limits.DEFAULT, () -> Long.MAX_VALUE,
          new NodeOutput(Limits.DEFAULT, new SimpleMeterRegistry())),
      PIECES);

  private int takeAll() {
    int taken = 0;
    while (budget.take()) {
      taken++;
      workForMoreThanASlice();
    }
    return taken;
  }

  private static void workForMoreThanASlice() {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun <= FlushCycle.SLICE_NANOS) {
      Thread.onSpinWait();
    }
  }

  @Test
  void givenPiecesThatTakeLong_whenTheLoopServesNothingElse_thenTheyDoNotRenewTheBudget() {
    assertThat(takeAll()).isEqualTo(PIECES);
  }

  @Test
  void givenABudgetThatIsUsedUp_whenTheLoopHasServedTheRest_thenItIsRenewed() {
    takeAll();

    loop.runPendingTasks();

    assertThat(takeAll()).isEqualTo(PIECES);
  }
}
