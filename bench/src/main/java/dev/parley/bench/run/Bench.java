package dev.parley.bench.run;

import dev.parley.bench.report.Measurement;
import dev.parley.bench.report.Run;
import dev.parley.bench.server.Contender;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures servers in rounds. In each round every part is done with every server, one server after
 * the other, so that a machine that becomes slower or faster meanwhile does so for all of them.
 */
public final class Bench {

  private final List<Contender> contenders;
  private final List<Part> parts;
  private final PrintStream progress;

  /**
   * A benchmark.
   *
   * @param progress is told what is done
   */
  public Bench(List<Contender> contenders, List<Part> parts, PrintStream progress) {
    this.contenders = contenders;
    this.parts = parts;
    this.progress = progress;
  }

  /** What came of it. */
  public record Outcome(List<Run> runs, List<String> failures) {}

  /** Runs it. A server that cannot be measured is a failure, and the others go on. */
  public Outcome run(int rounds) throws InterruptedException {
    Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
    for (int round = 1; round <= rounds; round++) {
      for (Part part : parts) {
        for (Contender contender : contenders) {
          String what = "round %d of %d, %s: %s"
              .formatted(round, rounds, part.name(), contender.name());
          progress.println(what);
          measure(part, contender, round, what, outcome);
        }
      }
    }
    return outcome;
  }

  private static void measure(
      Part part, Contender contender, int round, String what, Outcome outcome)
      throws InterruptedException {
    try {
      for (Measurement measurement : part.measure(contender)) {
        outcome.runs.add(new Run(round, contender.name(), measurement));
      }
    } catch (IOException failed) {
      outcome.failures.add(what + ": " + failed.getMessage());
    }
  }
}
