package dev.parley.bench.run;

import dev.parley.bench.machine.CorePlan;
import dev.parley.bench.machine.ProcessTree;
import dev.parley.bench.report.Measurement;
import dev.parley.bench.report.Setting;
import dev.parley.bench.report.SignalRun;
import dev.parley.bench.report.SignalRun.Situation;
import dev.parley.bench.report.StartRun;
import dev.parley.bench.run.Attempts.Outcome;
import dev.parley.bench.server.Contender;
import dev.parley.bench.server.RunningServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A server's start on one core, and signals through it. */
final class OneCore implements Part {

  /** A server that has worked already needs less: but another load brings other code to it. */
  private static final double LATER_WARM_UP = 0.2;

  private final CorePlan cores;
  private final SignalLoads loads;
  private final Setting setting;
  private final Attempts attempts;

  OneCore(CorePlan cores, SignalLoads loads, Setting setting) {
    this.cores = cores;
    this.loads = loads;
    this.setting = setting;
    this.attempts = new Attempts(setting.tries());
  }

  @Override
  public String name() {
    return "signals";
  }

  @Override
  public List<Measurement> measure(Contender contender) throws IOException, InterruptedException {
    try (RunningServer server = RunningServer.start(contender, cores.one())) {
      ProcessTree tree = server.tree();
      double later = LATER_WARM_UP * setting.warmUpSeconds();
      List<Measurement> measurements = new ArrayList<>();
      measurements
          .add(new StartRun(1, server.readiness(), tree.residentBytes(), tree.peakBytes()));
      measurements.add(measure(server, Situation.WINDOW_8, setting.warmUpSeconds()));
      measurements.add(measure(server, Situation.WINDOW_1, later));
      if (!contender.second().tellsARoom()) {
        measurements.add(measure(server, Situation.OPEN_LOOP, later));
      }
      return measurements;
    }
  }

  private SignalRun measure(RunningServer server, Situation situation, double warmUpSeconds)
      throws IOException, InterruptedException {
    return attempts
        .best(warmUpSeconds, warmUp -> Outcome.of(loads.run(server, 1, situation, warmUp)))
        .signals();
  }
}
