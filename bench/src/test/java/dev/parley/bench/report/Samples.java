package dev.parley.bench.report;

import dev.parley.bench.load.Faults;
import dev.parley.bench.load.LoadResult;
import dev.parley.bench.machine.CorePlan;
import dev.parley.bench.machine.Cores;
import dev.parley.bench.machine.Machine;
import dev.parley.bench.report.SignalRun.Situation;
import java.util.List;
import java.util.Optional;

/** Invented measurements. */
final class Samples {

  private Samples() {}

  static Run signals(int round, String server, Situation situation, double cpu, long delivered) {
    return signals(round, server, situation, cpu, delivered, Faults.NONE, 1, 0.5);
  }

  /** A server with little to do, on a machine of which the host took so much. */
  static Run openLoop(int round, String server, double stolenShare) {
    return new Run(round, server, new SignalRun(Situation.OPEN_LOOP, "rate=5000", 1, 20, 0.5, 0.1,
        stolenShare, new LoadResult(200, 10, 10, 2, new LoadResult.Latency(10, 20, 30),
            Faults.NONE, 0.1, 2)));
  }

  static Run signals(int round, String server, Situation situation, double cpu, long delivered,
      Faults faults, double serverLoad, double generatorLoad) {
    return new Run(round, server, new SignalRun(situation, "window=8", 1, cpu, 0.5, serverLoad, 0,
        new LoadResult(200, delivered, delivered, 2, new LoadResult.Latency(10, 20, 30), faults,
            generatorLoad, 2)));
  }

  static Report report(List<Run> runs, List<String> failures) {
    return new Report(
        new Report.Subject(new Machine(4, 1 << 30, "Linux amd64", "25"),
            CorePlan.of(Cores.parse("0-3")), Optional.of("abc1234"),
            new Setting(3, 200, 10_000, 5000, 8, 5, 1), null),
        runs, failures);
  }
}
