package dev.parley.bench.cluster;

import dev.parley.bench.machine.Jvm;
import dev.parley.bench.machine.Launch;
import dev.parley.bench.server.Contenders;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The programs of clusters.
 *
 * @param home the folder of the source tree
 * @param jvm runs the bench's own programs
 * @param redisServer the program of Redis
 */
public record ClusterPrograms(Path home, Jvm jvm, Path redisServer) {

  /** A node, in the cluster of a Redis or alone. */
  Launch node(Optional<String> redis) {
    return Contenders.parley(home, redis);
  }
}
