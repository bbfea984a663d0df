package dev.parley.bench.run;

import dev.parley.bench.machine.Cores;
import dev.parley.bench.machine.ProcessTree;
import dev.parley.bench.report.Measurement;
import dev.parley.bench.report.Setting;
import dev.parley.bench.report.SignalRun.Situation;
import dev.parley.bench.report.StartRun;
import dev.parley.bench.run.Attempts.Outcome;
import dev.parley.bench.server.Contender;
import dev.parley.bench.server.RunningServer;
import java.io.IOException;
import java.util.List;

/** A server's start on two cores, and signals through it. */
final class TwoCores implements Part {

  private final Cores cores;
  private final SignalLoads loads;
  private final Setting setting;

  TwoCores(Cores cores, SignalLoads loads, Setting setting) {
    this.cores = cores;
    this.loads = loads;
    this.setting = setting;
  }

  @Override
  public String name() {
    return "two-cores";
  }

  @Override
  public List<Measurement> measure(Contender contender) throws IOException, InterruptedException {
    try (RunningServer server = RunningServer.start(contender, cores)) {
      ProcessTree tree = server.tree();
      StartRun start = new StartRun(
          cores.count(), server.readiness(), tree.residentBytes(), tree.peakBytes());
      Outcome signals = new Attempts(setting.tries()).best(setting.warmUpSeconds(),
          warmUp -> Outcome
              .of(loads.run(server, cores.count(), Situation.TWO_CORES, warmUp)));
      return List.of(start, signals.signals());
    }
  }
}
