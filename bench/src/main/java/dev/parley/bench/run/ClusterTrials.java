package dev.parley.bench.run;

import dev.parley.bench.cluster.ClusterPrograms;
import dev.parley.bench.machine.ClusterCores;
import dev.parley.bench.report.ClusterSetting;
import dev.parley.bench.report.Setting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is measured of clusters, and of what they are compared with. */
public final class ClusterTrials {

  /** A node without a Redis, on the cores that the nodes of clusters have. */
  private static final String ONE_NODE = "one-node";
  private static final String BARE_SCRIPT = "bare-script";

  private static final String SIGNALS = "signals";
  private static final String PEERS = "peers";
  private static final String ROOMS = "rooms";

  /** Those that claim, and those that are in each other's way in a room. */
  private static final int NODES = 3;
  private static final double LEAST_IDLE_SECONDS = 2;

  private ClusterTrials() {}

  /** All of them; the largest cluster comes first, as it is compared with the others. */
  public static List<Trial> of(
      ClusterPrograms programs, ClusterCores cores, Setting setting, ClusterSetting cluster) {
    SignalLoads loads =
        new SignalLoads(new LoadProcess(programs.jvm(), cores.load()), setting);
    var signals = new ClusterSignals(programs, cores, loads, setting);
    var script = new BareScriptLoad(programs, cores, setting);
    var peers = new RegisteredPeers(programs, cores, cluster.peers(),
        Math.max(LEAST_IDLE_SECONDS, setting.seconds()));
    var rush = new RoomRush(programs, cores, cluster.joins());
    List<Trial> trials = new ArrayList<>();
    for (int nodes : cluster.nodes().stream().sorted(Comparator.reverseOrder()).toList()) {
      trials.add(new Trial(SIGNALS, clusterOf(nodes), () -> signals.measure(nodes)));
    }
    trials.add(new Trial(SIGNALS, ONE_NODE, () -> signals.measure(1)));
    trials.add(new Trial(SIGNALS, BARE_SCRIPT, script::measure));
    trials.add(new Trial(PEERS, clusterOf(NODES), () -> peers.measure(NODES)));
    trials.add(new Trial(ROOMS, clusterOf(NODES), () -> rush.measure(NODES)));
    trials.add(new Trial(ROOMS, ONE_NODE, () -> rush.measure(1)));
    return trials;
  }

  private static String clusterOf(int nodes) {
    return "cluster-of-" + nodes;
  }

  /** What the largest cluster is compared with: the smallest one, one node, and Redis alone. */
  public static List<String> bases(ClusterSetting cluster) {
    int smallest = cluster.nodes().stream().min(Comparator.naturalOrder()).orElseThrow();
    return List.of(clusterOf(smallest), ONE_NODE, BARE_SCRIPT);
  }
}
