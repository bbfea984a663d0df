package dev.parley.cluster;

import static dev.parley.cluster.Member.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.membership.PartitionPolicy;
import dev.parley.cluster.pipeline.PipelineLimits;
import dev.parley.cluster.script.InboxLimits;
import dev.parley.config.ServiceUrl;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.TcpProxy;
import dev.parley.testkit.waits.Waits;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Nodes on one Redis, each behind a proxy of its own, so that each can be partitioned by itself.
 */
final class FaultBed implements AutoCloseable {

  /** {@code parley.faults.lease} in milliseconds. */
  static final Duration LEASE = Duration.ofMillis(Long.getLong("parley.faults.lease", 5_000));

  static final Duration PATIENT_LEASE = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 10;
  private static final int PILE = 40;
  private static final int PATIENCE_MILLIS = 30_000;

  private RedisProbe probe;
  private final List<Vertx> machines = new ArrayList<>();
  private final List<TcpProxy> proxies = new ArrayList<>();
  private final List<RedisHub> hubs = new ArrayList<>();
  private final MeterRegistry metrics = new SimpleMeterRegistry();

  FaultBed(RedisServer redis, int nodes) {
    this(redis, nodes, PartitionPolicy.SERVE);
  }

  /** Nodes with so long a lease that none is evicted, however busy the machine is. */
  static FaultBed ofPatientNodes(RedisServer redis, int nodes) {
    return withLease(redis, nodes, PATIENT_LEASE);
  }

  /** Nodes with another lease than usual. */
  static FaultBed withLease(RedisServer redis, int nodes, Duration lease) {
    return new FaultBed(
        redis, nodes, PartitionPolicy.SERVE, PipelineLimits.DEFAULT, InboxLimits.DEFAULT, lease);
  }

  FaultBed(RedisServer redis, int nodes, PartitionPolicy cutOff) {
    this(redis, nodes, cutOff, PipelineLimits.DEFAULT, InboxLimits.DEFAULT);
  }

  FaultBed(
      RedisServer redis, int nodes, PartitionPolicy cutOff, PipelineLimits pipelines,
      InboxLimits inboxes) {
    this(redis, nodes, cutOff, pipelines, inboxes, LEASE);
  }

  private FaultBed(
      RedisServer redis, int nodes, PartitionPolicy cutOff, PipelineLimits pipelines,
      InboxLimits inboxes,
      Duration lease) {
    probe = new RedisProbe(redis.url());
    for (int i = 0; i < nodes; i++) {
      TcpProxy proxy = TcpProxy.to(redis.port());
      proxies.add(proxy);
      ClusterOptions options =
          ClusterOptions.DEFAULT
              .at(ServiceUrl.parse("redis://127.0.0.1:" + proxy.port()))
              .named("fault").lasting(lease).with(cutOff);
      start(options, pipelines, inboxes);
    }
  }

  RedisHub hub(int node) {
    return hubs.get(node);
  }

  List<RedisHub> hubs() {
    return hubs;
  }

  /**
   * Nodes without proxies.
   *
   * @param url how they find Redis
   * @param look the address for probes
   */
  FaultBed(ServiceUrl url, ServiceUrl look, int nodes) {
    probe = new RedisProbe(look);
    for (int i = 0; i < nodes; i++) {
      start(
          ClusterOptions.DEFAULT.at(url).named("fault").lasting(LEASE), PipelineLimits.DEFAULT,
          InboxLimits.DEFAULT);
    }
  }

  private void start(
      ClusterOptions options, PipelineLimits pipelines, InboxLimits inboxes) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    machines.add(vertx);
    RedisHub hub = null;
    for (int attempt = 1; hub == null; attempt++) {
      RedisHub next =
          new RedisHub(
              vertx, options, HubLimits.DEFAULT.with(pipelines, inboxes), metrics);
      if (result(next.start().transform(done -> Future.succeededFuture(done.succeeded())))) {
        hub = next;
      } else {
        // A node does not retry at its start, and a busy machine is slow for a short lease.
        assertThat(attempt).as("attempts to start").isLessThan(ATTEMPTS);
      }
    }
    hubs.add(hub);
  }

  /** The value of a counter, summed over all nodes. */
  double counted(String counter) {
    return metrics.get(counter).counter().count();
  }

  TcpProxy proxy(int node) {
    return proxies.get(node);
  }

  /** A connection to Redis without a proxy. */
  RedisProbe probe() {
    return probe;
  }

  /** A key of a node. */
  String key(int node, String kind) {
    return probe.key("fault{p0}:" + kind + ":" + hubs.get(node).node() + ":*");
  }

  /** Kills Redis and restarts it on its port. */
  void startRedisAgain(RedisServer redis) {
    probe.close();
    redis.stop();
    redis.startAgain();
    probe = new RedisProbe(redis.url());
  }

  /** Waits until signals are in the inbox of a node that does not read. */
  void pileUp(int node) {
    awaitPile(probe, key(node, "inbox"));
  }

  /** So many entries are new that they cannot have been read already. */
  static void awaitPile(RedisProbe probe, String inbox) {
    int before = probe.ask("XLEN", inbox).toInteger();
    Waits.until(
        "signals to pile up", () -> probe.ask("XLEN", inbox).toInteger() > before + PILE);
  }

  /** Tampers with Redis: removes unread entries of a node's inbox. */
  void loseInbox(int node) {
    probe.ask("XTRIM", key(node, "inbox"), "MAXLEN", 0);
  }

  /**
   * Tampers with Redis: a node does not read for a moment, and the entries of that time are removed
   * from its inbox before it resumes. Needs load.
   */
  void loseWhatWaitsFor(int node) {
    Brake brake = Brake.on(hubs.get(node), hubs.get((node + 1) % hubs.size()));
    try {
      pileUp(node);
      loseInbox(node);
    } finally {
      brake.release();
    }
  }

  /** Waits until a node has renewed its lease. */
  void awaitSignOfLife(int node) {
    String nodeEpoch = key(node, "seat").substring("fault{p0}:seat:".length());
    String last = probe.ask("ZSCORE", "fault{p0}:nodes", nodeEpoch).toString();
    Waits.until("a sign of life of node " + node,
        () -> !probe.ask("ZSCORE", "fault{p0}:nodes", nodeEpoch).toString().equals(last));
  }

  /** Waits until a replica has received all writes of {@link #probe} and all earlier ones. */
  void awaitReplica() {
    assertThat(probe.ask("WAIT", 1, PATIENCE_MILLIS).toInteger()).as("replicas").isPositive();
  }

  /** Asserts that no node was evicted, and that none has rejoined. */
  void nobodyWasTakenForDead() {
    assertThat(counted("parley.cluster.evictions")).as("evictions").isZero();
    assertThat(counted("parley.cluster.epochs")).as("epochs").isEqualTo(hubs.size());
  }

  /** Waits until all nodes are connected to Redis. */
  void recovers() {
    Waits.until(
        "all nodes to be back", () -> hubs.stream().allMatch(hub -> hub.trouble().isEmpty()));
  }

  @Override
  public void close() {
    proxies.forEach(TcpProxy::restore);
    hubs.forEach(hub -> result(hub.close()));
    proxies.forEach(TcpProxy::close);
    probe.close();
    machines.forEach(vertx -> result(vertx.close()));
  }
}
