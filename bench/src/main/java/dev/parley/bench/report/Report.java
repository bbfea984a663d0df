package dev.parley.bench.report;

import dev.parley.bench.load.Faults;
import dev.parley.bench.machine.Machine;
import dev.parley.bench.machine.Placement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
   * @param placement which of its cores did what
   * @param commit which sources, where that is known
   * @param setting how it was measured
   * @param cluster what clusters were to do; null if none was measured
   */
  public record Subject(
      Machine machine, Placement placement, Optional<String> commit, Setting setting,
      @Nullable ClusterSetting cluster) {}

  /** Whether everything was measured and every server did its work. */
  public boolean isSound() {
    return failures.isEmpty() && faults().isEmpty();
  }

  /** What servers did wrong, a line each. */
  public List<String> faults() {
    return runs.stream().flatMap(Report::faults).toList();
  }

  private static Stream<String> faults(Run run) {
    return switch (run.measurement()) {
      case SignalRun signals ->
          faults(run, signals.load().faults(), signals.load().sent() + " signals");
      case BareScriptRun script -> faults(run, script.faults(), script.sent() + " signals");
      case RoomRun room -> faults(run, room.faults(), room.joins() + " joins");
      case StartRun start -> Stream.empty();
      case IdleRun idle -> Stream.empty();
      case RedisRun redis -> Stream.empty();
      case PeersRun peers -> Stream.empty();
    };
  }

  private static Stream<String> faults(Run run, Faults faults, String all) {
    return faults.any()
        ? Stream.of("%s: %d lost, %d duplicated, %d out of order, %d altered of %s"
            .formatted(run.name(), faults.lost(), faults.duplicated(), faults.outOfOrder(),
                faults.altered(), all))
        : Stream.empty();
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
