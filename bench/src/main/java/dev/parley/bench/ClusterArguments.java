package dev.parley.bench;

import dev.parley.bench.redis.RedisProcess;
import dev.parley.bench.report.ClusterSetting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The arguments about clusters. Defaults depend on {@code --quick}. */
final class ClusterArguments {

  private static final ClusterSetting THOROUGH =
      new ClusterSetting(List.of(2, 3, 5), 100_000, 500);
  private static final ClusterSetting QUICK = new ClusterSetting(List.of(2, 3), 2000, 30);

  @Option(names = "--cluster",
      description = "Measure nodes that share a Redis instead.") private boolean wanted;

  @Option(names = "--nodes", split = ",", paramLabel = "<nodes>",
      description = "With --cluster: how many pass signals on. Default: 2,3,5.")
  @Nullable List<Integer> nodes;

  @Option(names = "--peers",
      description = "With --cluster: ids that are claimed at once. Default: 100000.")
  @Nullable Integer peers;

  @Option(names = "--joins",
      description = "With --cluster: users that join one room at once. Default: 500.")
  @Nullable Integer joins;

  @Option(names = "--redis-server", paramLabel = "FILE",
      description = "With --cluster: the program. Default: the Redis 6.2 that tests use.")
  @Nullable Path program;

  boolean isWanted() {
    return wanted;
  }

  ClusterSetting setting(boolean quick) {
    ClusterSetting base = quick ? QUICK : THOROUGH;
    return new ClusterSetting(
        nodes == null ? base.nodes() : nodes,
        peers == null ? base.peers() : peers,
        joins == null ? base.joins() : joins);
  }

  Path redisServer() throws IOException {
    return program == null ? RedisProcess.ownProgram() : program.toAbsolutePath();
  }
}
