package dev.parley.bench.report;

import dev.parley.bench.load.Faults;
import dev.parley.bench.machine.CorePlan;
import dev.parley.bench.machine.Machine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a benchmark found.
 *
 * @param subject what was measured, how, and on what
 * @param runs each measurement, in the order in which they were made
 * @param failures what could not be measured, and why
 */
public record Report(Subject subject, List<Run> runs, List<String> failures) {

  /**
   * What was measured.
   *
   * @param machine what it ran on
   * @param cores which of its cores did what
   * @param commit which sources, where that is known
   * @param setting how it was measured
   */
  public record Subject(
      Machine machine, CorePlan cores, Optional<String> commit, Setting setting) {}

  /** Whether everything was measured and every server did its work. */
  public boolean isSound() {
    return failures.isEmpty() && faults().isEmpty();
  }

  /** What servers did wrong, a line each. */
  public List<String> faults() {
    return runs.stream().flatMap(Report::faults).toList();
  }

  private static Stream<String> faults(Run run) {
    if (run.measurement() instanceof SignalRun signals && signals.load().faults().any()) {
      Faults faults = signals.load().faults();
      return Stream.of("%s: %d lost, %d duplicated, %d out of order, %d altered of %d signals"
          .formatted(run.name(), faults.lost(), faults.duplicated(), faults.outOfOrder(),
              faults.altered(), signals.load().sent()));
    }
    return Stream.empty();
  }

  /** Why figures may say less than they seem to, a line each. */
  public List<String> doubts() {
    return Doubts.about(runs);
  }

  /** What several rounds found, in one figure each. */
  public Medians medians() {
    return Medians.of(runs);
  }
}
