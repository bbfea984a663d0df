package dev.parley.bench.cluster;

import dev.parley.bench.machine.ClusterCores;
import dev.parley.bench.machine.CpuTime;
import dev.parley.bench.machine.Launch;
import dev.parley.bench.redis.RedisProcess;
import dev.parley.bench.server.Target;
import dev.parley.bench.wire.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Nodes that share a Redis of their own; or one node that needs none. All nodes run on the same
 * cores, however many they are. One thread uses it.
 */
public final class Cluster implements Target, AutoCloseable {

  private final Optional<RedisProcess> redis;
  private final List<Node> nodes = new ArrayList<>();

  private Cluster(Optional<RedisProcess> redis) {
    this.redis = redis;
  }

  /** Starts that many nodes, all at the same time, and waits until they are ready. */
  public static Cluster start(ClusterPrograms programs, int nodes, ClusterCores cores)
      throws IOException, InterruptedException {
    Cluster cluster = new Cluster(nodes == 1
        ? Optional.empty()
        : Optional.of(RedisProcess.start(programs.redisServer(), cores.redis())));
    try {
      Launch launch = programs.node(cluster.redis.map(RedisProcess::url));
      for (int i = 0; i < nodes; i++) {
        cluster.nodes.add(Node.start("node " + (i + 1), launch, cores.nodes()));
      }
      for (Node node : cluster.nodes) {
        node.awaitReady();
      }
      return cluster;
    } catch (IOException | InterruptedException failed) {
      cluster.close();
      throw failed;
    }
  }

  @Override
  public List<Integer> ports() {
    return nodes.stream().map(Node::port).toList();
  }

  @Override
  public Protocol first() {
    return Protocol.PEERJS;
  }

  @Override
  public Protocol second() {
    return Protocol.PEERJS;
  }

  @Override
  public CpuTime cpu() throws IOException {
    CpuTime all = CpuTime.ZERO;
    for (Node node : nodes) {
      all = all.plus(node.cpu());
    }
    return all;
  }

  /** The shared Redis; none for a single node. */
  public Optional<RedisProcess> redis() {
    return redis;
  }

  /**
   * A counter, summed over all nodes.
   *
   * @param counter as it stands in {@code /metrics}
   */
  public long count(String counter) throws IOException, InterruptedException {
    long all = 0;
    for (Node node : nodes) {
      all += node.count(counter);
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    nodes.forEach(Node::close);
    if (redis.isPresent()) {
      redis.get().close();
    }
  }
}
