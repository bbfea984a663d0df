package dev.parley.bench.report;

import dev.parley.bench.report.SignalRun.Situation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reasons why a figure may say less than it seems to. They are printed; they fail nothing. */
final class Doubts {

  private Doubts() {}

  /** One of them, about one measurement. */
  private enum Doubt {
    GENERATOR("the generator used %s of its cores and may be what was measured"),
    SERVER("the server used %s of its cores; others had the rest, or it waited"),
    HOST("the host of this machine took %s of its time for others");

    private final String text;

    Doubt(String text) {
      this.text = text;
    }
  }

  /** What the same doubt is about in several rounds. */
  private record Subject(String server, Situation situation, Doubt doubt) {}

  /** One line for each doubt about a server in a situation. */
  static List<String> about(List<Run> runs) {
    Map<Subject, List<Run>> doubted = new LinkedHashMap<>();
    for (Run run : runs) {
      if (run.measurement() instanceof SignalRun signals) {
        doubt(signals).map(doubt -> new Subject(run.server(), signals.situation(), doubt))
            .ifPresent(subject -> doubted.computeIfAbsent(subject, any -> new ArrayList<>())
                .add(run));
      }
    }
    return doubted.entrySet().stream()
        .map(entry -> line(entry.getKey(), entry.getValue())).toList();
  }

  private static Optional<Doubt> doubt(SignalRun signals) {
    if (signals.generatorWasBusy()) {
      return Optional.of(Doubt.GENERATOR);
    }
    if (signals.serverWasHeldUp()) {
      return Optional.of(Doubt.SERVER);
    }
    return signals.machineWasHeldUp() ? Optional.of(Doubt.HOST) : Optional.empty();
  }

  private static String line(Subject subject, List<Run> runs) {
    String rounds = runs.stream().map(run -> Integer.toString(run.round()))
        .collect(Collectors.joining(", "));
    String shares = runs.stream().map(run -> share(subject.doubt, run.measurement()))
        .collect(Collectors.joining(", "));
    return "%s, %s, round %s: %s".formatted(subject.server, subject.situation, rounds,
        subject.doubt.text.formatted(shares));
  }

  private static String share(Doubt doubt, Measurement measurement) {
    SignalRun signals = (SignalRun) measurement;
    return String.format(Locale.ROOT, "%.0f %%", 100 * switch (doubt) {
      case GENERATOR -> signals.load().generatorLoad();
      case SERVER -> signals.serverLoad();
      case HOST -> signals.stolenShare();
    });
  }
}
