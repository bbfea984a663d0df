package dev.parley.bench.run;

import dev.parley.bench.report.Measurement;
import dev.parley.bench.report.SignalRun;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures a load again if the machine had given the server's cores to others meanwhile, as hosts
 * of virtual machines do. The attempt counts in which the server had most of them, or, where it
 * needs few, in which the host took the least. The choice depends neither on the server nor on its
 * results.
 */
final class Attempts {

  /** The server is warm then, the generator is a new one. */
  private static final double WARM_UP_AGAIN = 0.2;

  private final int most;

  /**
   * So many of them.
   *
   * @param most at least one
   */
  Attempts(int most) {
    this.most = most;
  }

  /** Measures once. */
  interface Attempt {
    Outcome measure(double warmUpSeconds) throws IOException, InterruptedException;
  }

  /**
   * What an attempt found.
   *
   * @param signals of the server
   * @param others what was found beside it
   * @param heldUp others had the cores, for no reason of the server's own
   */
  record Outcome(SignalRun signals, List<Measurement> others, boolean heldUp) {

    /** An attempt without further observations. */
    static Outcome of(SignalRun signals) {
      return new Outcome(signals, List.of(), signals.wasHeldUp());
    }

    /** All that was found. */
    List<Measurement> all() {
      return Stream.concat(Stream.of(signals), others.stream()).toList();
    }

    private boolean isFaulty() {
      return signals.load().faults().any();
    }
  }

  /**
   * Retries until the server is not held up. A fault of the server ends it, so that a fault is
   * never replaced by a better attempt.
   *
   * @param warmUpSeconds before the first attempt
   */
  Outcome best(double warmUpSeconds, Attempt attempt) throws IOException, InterruptedException {
    Outcome best = attempt.measure(warmUpSeconds);
    for (int made = 1; made < most && best.heldUp && !best.isFaulty(); made++) {
      Outcome next = attempt.measure(WARM_UP_AGAIN * warmUpSeconds);
      if (next.isFaulty() || next.signals.wasQuieterThan(best.signals)) {
        best = next;
      }
    }
    return best;
  }
}
