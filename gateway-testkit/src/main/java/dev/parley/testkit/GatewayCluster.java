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
 * Several gateways in this process that are one over a Redis of their own. {@link #close()} cuts
 * everything off. Any thread but event loops.
 */
public final class GatewayCluster implements AutoCloseable {

  /** No test here waits for its end; a machine that stands still costs no node its place. */
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final PeerAddress NOBODY = new PeerAddress("nowhere", "nobody");

  private final RedisServer redis = RedisServer.start();
  private final List<GatewayFixture> nodes = new ArrayList<>();

  /**
   * Starts them.
   *
   * @param node says what each gateway is like, but for the cluster
   */
  public GatewayCluster(int count, Supplier<GatewayFixture.Builder> node) {
    this(count, LEASE, node);
  }

  /**
   * Starts them.
   *
   * @param lease how long Redis may be away
   * @param node says what each gateway is like, but for the cluster
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

  /** What they share. */
  public RedisServer redis() {
    return redis;
  }

  /** Its nodes. */
  public List<GatewayFixture> nodes() {
    return nodes;
  }

  /** Where they are, for {@link Stage}. */
  public List<URI> servers() {
    return nodes.stream().map(node -> node.httpUri("")).toList();
  }

  /**
   * What the nodes have been told so far by their clients has got through Redis: an answer comes
   * back the same way behind it.
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
