package dev.parley.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reasons why a figure may say less than it seems to. They are told; they fail nothing. */
final class Doubts {

  private static final double GENERATOR_BUSY = 0.85;
  private static final double SERVER_BUSY = 0.85;

  private Doubts() {}

  static List<String> about(List<Run> runs) {
    return runs.stream().map(Doubts::about).flatMap(Optional::stream).toList();
  }

  private static Optional<String> about(Run run) {
    if (!(run.measurement() instanceof SignalRun signals)) {
      return Optional.empty();
    }
    String where = run.name();
    if (signals.load().generatorLoad() > GENERATOR_BUSY) {
      return Optional.of("%s: the generator used %s of its cores and may be what was measured"
          .formatted(where, percent(signals.load().generatorLoad())));
    }
    if (signals.situation() != SignalRun.Situation.OPEN_LOOP
        && signals.serverLoad() < SERVER_BUSY) {
      return Optional.of("%s: the server used %s of its cores; others had the rest, or it waited"
          .formatted(where, percent(signals.serverLoad())));
    }
    return Optional.empty();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
