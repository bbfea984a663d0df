package dev.parley.bench.run;

import dev.parley.bench.report.Measurement;
import dev.parley.bench.report.Run;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures servers in rounds. In each round every part is done with every server, one server after
 * the other, so that a machine that becomes slower or faster meanwhile does so for all of them.
 */
public final class Bench {

  private final List<Trial> trials;
  private final PrintStream progress;

  /**
   * A benchmark.
   *
   * @param progress where progress is printed
   */
  public Bench(List<Trial> trials, PrintStream progress) {
    this.trials = trials;
    this.progress = progress;
  }

  /** The results. */
  public record Outcome(List<Run> runs, List<String> failures) {}

  /** Runs it. A server that cannot be measured is a failure, and the others go on. */
  public Outcome run(int rounds) throws InterruptedException {
    Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
    for (int round = 1; round <= rounds; round++) {
      for (Trial trial : trials) {
        String what =
            "round %d of %d, %s: %s".formatted(round, rounds, trial.part(), trial.server());
        progress.println(what);
        measure(trial, round, what, outcome);
      }
    }
    return outcome;
  }

  private static void measure(Trial trial, int round, String what, Outcome outcome)
      throws InterruptedException {
    try {
      for (Measurement measurement : trial.measure()) {
        outcome.runs.add(new Run(round, trial.server(), measurement));
      }
    } catch (IOException failed) {
      outcome.failures.add(what + ": " + failed.getMessage());
    }
  }
}
