package dev.parley.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.bench.cluster.Cluster;
import dev.parley.bench.cluster.ClusterPrograms;
import dev.parley.bench.cluster.RushCommand;
import dev.parley.bench.cluster.RushResult;
import dev.parley.bench.load.Faults;
import dev.parley.bench.load.Phase;
import dev.parley.bench.machine.ChildProcess;
import dev.parley.bench.machine.ClusterCores;
import dev.parley.bench.report.Measurement;
import dev.parley.bench.report.RoomRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Users of all nodes join one room at the same time, so that the nodes contend. */
final class RoomRush {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern RESULT = Pattern.compile("^\\{.*}$");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Rooms that are joined first, when code is not compiled yet. */
  private static final int WARM_UPS = 3;
  private static final int ROOMS = 3;

  private static final String COMMITS = "parley_cluster_group_commits_total";
  private static final String RETRIES = "parley_cluster_group_retries_total";

  private final ClusterPrograms programs;
  private final ClusterCores cores;
  private final int users;

  RoomRush(ClusterPrograms programs, ClusterCores cores, int users) {
    this.programs = programs;
    this.cores = cores;
    this.users = users;
  }

  List<Measurement> measure(int nodes) throws IOException, InterruptedException {
    try (Cluster cluster = Cluster.start(programs, nodes, cores);
        ChildProcess rush = start(cluster)) {
      LoadProcess.await(rush, Phase.CONNECTED, PATIENCE);
      Sum warm = join(rush, "warm", WARM_UPS);
      RoomRun.Commits before = commits(cluster);
      Sum all = join(rush, "room", ROOMS);
      RoomRun.Commits after = commits(cluster);
      rush.endInput();
      var unused = rush.awaitEnd(PATIENCE);
      return List.of(new RoomRun(all.joins, all.answered, all.known / ROOMS,
          before == null || after == null
              ? null
              : new RoomRun.Commits(
                  after.done() - before.done(), after.retried() - before.retried()),
          warm.faults.plus(all.faults)));
    }
  }

  /** The results of several rooms. */
  private record Sum(long joins, double answered, double known, Faults faults) {}

  private static Sum join(ChildProcess rush, String prefix, int rooms)
      throws IOException, InterruptedException {
    Sum sum = new Sum(0, 0, 0, Faults.NONE);
    for (int i = 0; i < rooms; i++) {
      rush.tell(prefix + i);
      RushResult result =
          JSON.readValue(rush.awaitLine(RESULT, PATIENCE).group(), RushResult.class);
      sum = new Sum(sum.joins + result.users(), sum.answered + result.answeredSeconds(),
          sum.known + result.knownSeconds(), sum.faults.plus(result.faults()));
    }
    return sum;
  }

  private static RoomRun.@Nullable Commits commits(Cluster cluster)
      throws IOException, InterruptedException {
    return cluster.redis().isEmpty()
        ? null
        : new RoomRun.Commits(cluster.count(COMMITS), cluster.count(RETRIES));
  }

  private ChildProcess start(Cluster cluster) throws IOException {
    return ChildProcess.start("the users",
        programs.jvm().launch(List.of(RushCommand.NAME,
            "--port", LoadProcess.ports(cluster.ports()), "--users", Integer.toString(users))),
        cores.load());
  }
}
