package dev.parley.bench.machine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Assignment of cores for clusters. Redis and the nodes share one only on a machine that has no
 * more than two; the generator has its own anyway.
 *
 * @param redis of the Redis
 * @param nodes of all nodes together, however many they are
 * @param load the generator's
 */
public record ClusterCores(Cores redis, Cores nodes, Cores load) implements Placement {

  /** The nodes get no more, so that figures of large machines can be compared. */
  private static final int MOST_FOR_NODES = 2;

  /**
   * Assigns cores.
   *
   * @throws IllegalArgumentException if there are not at least two
   */
  public static ClusterCores of(Cores all) {
    int count = all.count();
    if (count < 2) {
      throw new IllegalArgumentException("the nodes and the generator need a core each");
    }
    if (count == 2) {
      return new ClusterCores(all.part(0, 1), all.part(0, 1), all.part(1, 2));
    }
    int load = 1 + Math.min(MOST_FOR_NODES, count - 2);
    return new ClusterCores(
        all.part(0, 1), all.part(1, load), all.part(load, Math.min(count, load + 2)));
  }

  @Override
  public Map<String, String> cores() {
    Map<String, String> cores = new LinkedHashMap<>();
    cores.put("redis", redis.toString());
    cores.put("nodes", nodes.toString());
    cores.put("generator", load.toString());
    return cores;
  }

  @Override
  public String inWords() {
    return "Redis on core %s, all nodes together on %s, generator on %s"
        .formatted(redis, nodes, load);
  }
}
