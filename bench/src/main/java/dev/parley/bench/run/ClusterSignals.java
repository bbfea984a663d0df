package dev.parley.bench.run;

import dev.parley.bench.cluster.Cluster;
import dev.parley.bench.cluster.ClusterPrograms;
import dev.parley.bench.machine.ClusterCores;
import dev.parley.bench.redis.RedisProcess;
import dev.parley.bench.report.Measurement;
import dev.parley.bench.report.RedisRun;
import dev.parley.bench.report.Setting;
import dev.parley.bench.report.SignalRun;
import dev.parley.bench.report.SignalRun.Situation;
import dev.parley.bench.run.Attempts.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signals between nodes: the two clients of each pair are on two of them. */
final class ClusterSignals {

  /** What a server that has worked already needs before another load is measured. */
  private static final double LATER_WARM_UP = 0.2;

  /** For so many nodes the time to warm up is enough; more of them get less load each. */
  private static final double WARM_NODES = 2;

  private final ClusterPrograms programs;
  private final ClusterCores cores;
  private final SignalLoads loads;
  private final Setting setting;

  ClusterSignals(
      ClusterPrograms programs, ClusterCores cores, SignalLoads loads, Setting setting) {
    this.programs = programs;
    this.cores = cores;
    this.loads = loads;
    this.setting = setting;
  }

  List<Measurement> measure(int nodes) throws IOException, InterruptedException {
    double warmUp = setting.warmUpSeconds() * Math.max(1, nodes / WARM_NODES);
    try (Cluster cluster = Cluster.start(programs, nodes, cores)) {
      List<Measurement> measurements =
          new ArrayList<>(measure(cluster, Situation.WINDOW_8, warmUp));
      measurements.addAll(measure(cluster, Situation.OPEN_LOOP, LATER_WARM_UP * warmUp));
      return measurements;
    }
  }

  private List<Measurement> measure(Cluster cluster, Situation situation, double warmUp)
      throws IOException, InterruptedException {
    return new Attempts(setting.tries())
        .best(warmUp, again -> attempt(cluster, situation, again))
        .all();
  }

  private Outcome attempt(Cluster cluster, Situation situation, double warmUp)
      throws IOException, InterruptedException {
    int nodeCores = cores.nodes().count();
    Optional<RedisProcess> redis = cluster.redis();
    if (redis.isEmpty()) {
      return Outcome.of(loads.run(cluster, nodeCores, situation, warmUp));
    }
    RedisWitness witness = new RedisWitness(redis.get());
    SignalRun signals = loads.run(cluster, nodeCores, situation, warmUp, witness);
    if (signals.load().faults().any()) {
      return Outcome.of(signals);
    }
    // Nodes wait for Redis, and Redis for them: that is no reason to measure again.
    return new Outcome(signals,
        List.of(new RedisRun(situation, witness.use(signals.load().perSecond()))), false);
  }
}
