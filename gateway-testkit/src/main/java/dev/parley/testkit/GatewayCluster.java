package dev.parley.testkit;

import dev.parley.cluster.ClusterOptions;
import dev.parley.signal.PeerAddress;
import dev.parley.testkit.hub.RecordingRecipient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A cluster of several gateways in this process, over a Redis of its own. {@link #close()} cuts
 * everything off. Any thread but event loops.
 */
public final class GatewayCluster implements AutoCloseable {

  /** So long that no node is evicted when the machine stands still; no test waits for it. */
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final PeerAddress NOBODY = new PeerAddress("nowhere", "nobody");

  private final RedisServer redis = RedisServer.start();
  private final List<GatewayFixture> nodes = new ArrayList<>();

  /**
   * Starts them.
   *
   * @param node configures each gateway, except for the cluster
   */
  public GatewayCluster(int count, Supplier<GatewayFixture.Builder> node) {
    this(count, LEASE, node);
  }

  /**
   * Starts them.
   *
   * @param lease how long Redis may be away
   * @param node configures each gateway, except for the cluster
   */
  public GatewayCluster(int count, Duration lease, Supplier<GatewayFixture.Builder> node) {
    ClusterOptions options = ClusterOptions.DEFAULT.at(redis.url()).lasting(lease);
    try {
      for (int i = 0; i < count; i++) {
        nodes.add(node.get().cluster(options).start());
      }
    } catch (RuntimeException failed) {
      close();
      throw failed;
    }
  }

  /** The shared Redis. */
  public RedisServer redis() {
    return redis;
  }

  /** Its nodes. */
  public List<GatewayFixture> nodes() {
    return nodes;
  }

  /** Their addresses, for {@link Stage}. */
  public List<URI> servers() {
    return nodes.stream().map(node -> node.httpUri("")).toList();
  }

  /**
   * Waits until all that clients have sent so far has passed Redis: the answer to a later command
   * follows it on the same path.
   */
  public void settle() {
    for (GatewayFixture node : nodes) {
      RecordingRecipient somebody = new RecordingRecipient();
      node.hub().watch(somebody, NOBODY);
      somebody.await(1);
    }
  }

  @Override
  public void close() {
    nodes.forEach(GatewayFixture::close);
    redis.close();
  }
}
