package dev.parley.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.load.Faults;
import dev.parley.bench.load.LoadResult;
import dev.parley.bench.report.SignalRun;
import dev.parley.bench.report.SignalRun.Situation;
import dev.parley.bench.run.Attempts.Attempt;
import dev.parley.bench.run.Attempts.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class AttemptsTest {

  private static final double WARM_UP = 10;

  private final List<Double> warmUps = new ArrayList<>();

  @Test
  void givenAServerThatHadItsCores_whenMeasured_thenOnceIsEnough() throws Exception {
    Outcome best = new Attempts(3).best(WARM_UP, in(run(0.97), run(1)));

    assertThat(best.signals().serverLoad()).isEqualTo(0.97);
    assertThat(warmUps).containsExactly(WARM_UP);
  }

  @Test
  void givenAServerThatWasHeldUp_whenMeasuredAgain_thenTheFirstWithItsCoresCounts()
      throws Exception {
    Outcome best = new Attempts(3).best(WARM_UP, in(run(0.5), run(0.9), run(1)));

    assertThat(best.signals().serverLoad()).isEqualTo(0.9);
    assertThat(warmUps).containsExactly(WARM_UP, 2.0);
  }

  @Test
  void givenAMachineThatIsNeverQuiet_whenAllAttemptsAreMade_thenTheBestOfThemCounts()
      throws Exception {
    Outcome best = new Attempts(3).best(WARM_UP, in(run(0.5), run(0.7), run(0.6), run(1)));

    assertThat(best.signals().serverLoad()).isEqualTo(0.7);
    assertThat(best.heldUp()).isTrue();
  }

  @Test
  void givenAServerWithLittleToDo_whenTheHostTookTheMachine_thenTheQuietestAttemptCounts()
      throws Exception {
    Outcome quiet = new Attempts(3).best(WARM_UP, in(openLoop(0.01), openLoop(0)));
    Outcome again = new Attempts(3).best(WARM_UP, in(openLoop(0.5), openLoop(0.02), openLoop(0)));
    Outcome never =
        new Attempts(3).best(WARM_UP, in(openLoop(0.5), openLoop(0.2), openLoop(0.3)));

    assertThat(quiet.signals().stolenShare()).isEqualTo(0.01);
    assertThat(again.signals().stolenShare()).isEqualTo(0.02);
    assertThat(never.signals().stolenShare()).isEqualTo(0.2);
    assertThat(never.heldUp()).isTrue();
  }

  @Test
  void givenALossBeforeOrInAnotherAttempt_whenMeasured_thenItCounts() throws Exception {
    Outcome first = new Attempts(3).best(WARM_UP, in(losing(0.5), run(1)));
    Outcome second = new Attempts(3).best(WARM_UP, in(run(0.5), losing(0.4), run(1)));

    assertThat(first.signals().load().faults().any()).isTrue();
    assertThat(second.signals().load().faults().any()).isTrue();
  }

  private Attempt in(Outcome... outcomes) {
    Queue<Outcome> rest = new ArrayDeque<>(List.of(outcomes));
    return warmUpSeconds -> {
      warmUps.add(warmUpSeconds);
      return rest.remove();
    };
  }

  private static Outcome run(double serverLoad) {
    return run(serverLoad, Faults.NONE);
  }

  private static Outcome losing(double serverLoad) {
    return run(serverLoad, new Faults(1, 0, 0, 0));
  }

  private static Outcome run(double serverLoad, Faults faults) {
    return run(Situation.WINDOW_8, serverLoad, 0, faults);
  }

  private static Outcome openLoop(double stolenShare) {
    return run(Situation.OPEN_LOOP, 0.1, stolenShare, Faults.NONE);
  }

  private static Outcome run(
      Situation situation, double serverLoad, double stolenShare, Faults faults) {
    return Outcome.of(new SignalRun(situation, "any", 1, 1, 0.5, serverLoad, stolenShare,
        new LoadResult(200, 10, 10, 2, new LoadResult.Latency(10, 20, 30), faults, 0.5, 2)));
  }
}
