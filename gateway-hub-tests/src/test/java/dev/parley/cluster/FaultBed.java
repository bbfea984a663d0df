package dev.parley.cluster;

import static dev.parley.cluster.Member.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.script.InboxLimits;
import dev.parley.config.ServiceUrl;
import dev.parley.group.GroupLimits;
import dev.parley.hub.MailboxLimits;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.TcpProxy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Nodes on one Redis, each with a proxy before it, so that each can be cut off by itself. */
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
    this(redis, nodes, CutOff.SERVE);
  }

  /** Nodes that nobody takes for dead, however busy the machine is. */
  static FaultBed ofPatientNodes(RedisServer redis, int nodes) {
    return withLease(redis, nodes, PATIENT_LEASE);
  }

  /** Nodes with another lease than usual. */
  static FaultBed withLease(RedisServer redis, int nodes, Duration lease) {
    return new FaultBed(
        redis, nodes, CutOff.SERVE, LaneLimits.DEFAULT, InboxLimits.DEFAULT, lease);
  }

  FaultBed(RedisServer redis, int nodes, CutOff cutOff) {
    this(redis, nodes, cutOff, LaneLimits.DEFAULT, InboxLimits.DEFAULT);
  }

  FaultBed(
      RedisServer redis, int nodes, CutOff cutOff, LaneLimits lanes, InboxLimits inboxes) {
    this(redis, nodes, cutOff, lanes, inboxes, LEASE);
  }

  private FaultBed(
      RedisServer redis, int nodes, CutOff cutOff, LaneLimits lanes, InboxLimits inboxes,
      Duration lease) {
    probe = new RedisProbe(redis.url());
    for (int i = 0; i < nodes; i++) {
      TcpProxy proxy = TcpProxy.to(redis.port());
      proxies.add(proxy);
      ClusterOptions options =
          ClusterOptions.DEFAULT
              .at(ServiceUrl.parse("redis://127.0.0.1:" + proxy.port()))
              .named("fault").lasting(lease).with(cutOff);
      start(options, lanes, inboxes);
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
   * @param look where it is to be looked into
   */
  FaultBed(ServiceUrl url, ServiceUrl look, int nodes) {
    probe = new RedisProbe(look);
    for (int i = 0; i < nodes; i++) {
      start(
          ClusterOptions.DEFAULT.at(url).named("fault").lasting(LEASE), LaneLimits.DEFAULT,
          InboxLimits.DEFAULT);
    }
  }

  private void start(
      ClusterOptions options, LaneLimits lanes, InboxLimits inboxes) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    machines.add(vertx);
    RedisHub hub = null;
    for (int attempt = 1; hub == null; attempt++) {
      RedisHub next =
          new RedisHub(
              vertx, options, MailboxLimits.DEFAULT, GroupLimits.DEFAULT, metrics, lanes,
              inboxes);
      if (result(next.start().transform(done -> Future.succeededFuture(done.succeeded())))) {
        hub = next;
      } else {
        // A node gives up at once at its start, and a busy machine is slow for a short lease.
        assertThat(attempt).as("attempts to start").isLessThan(ATTEMPTS);
      }
    }
    hubs.add(hub);
  }

  /** What all nodes together have counted. */
  double counted(String counter) {
    return metrics.get(counter).counter().count();
  }

  TcpProxy proxy(int node) {
    return proxies.get(node);
  }

  /** Looks into Redis without a proxy. */
  RedisProbe probe() {
    return probe;
  }

  /** The key of something that a node has. */
  String key(int node, String kind) {
    return probe.key("fault{p0}:" + kind + ":" + hubs.get(node).node() + ":*");
  }

  /** Stops Redis all of a sudden and starts it again on its port. */
  void startRedisAgain(RedisServer redis) {
    probe.close();
    redis.stop();
    redis.startAgain();
    probe = new RedisProbe(redis.url());
  }

  /** Signals wait for a node that does not read. */
  void pileUp(int node) {
    awaitPile(probe, key(node, "inbox"));
  }

  /** There is so much more in an inbox that it cannot have been read already. */
  static void awaitPile(RedisProbe probe, String inbox) {
    int before = probe.ask("XLEN", inbox).toInteger();
    SteadyLoad.awaits(
        "signals to pile up", () -> probe.ask("XLEN", inbox).toInteger() > before + PILE);
  }

  /** Meddles: what waits for a node is gone. */
  void loseInbox(int node) {
    probe.ask("XTRIM", key(node, "inbox"), "MAXLEN", 0);
  }

  /**
   * Meddles: a node does not read for a moment, and what waits for it meanwhile is gone when it
   * goes on. There must be load.
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

  /** Waits until a replica has all that was done with {@link #probe} or before. */
  void awaitReplica() {
    assertThat(probe.ask("WAIT", 1, PATIENCE_MILLIS).toInteger()).as("replicas").isPositive();
  }

  /** Nobody was taken for dead, and no node has had to come in anew. */
  void nobodyWasTakenForDead() {
    assertThat(counted("parley.cluster.burials")).as("taken for dead").isZero();
    assertThat(counted("parley.cluster.seats")).as("seats").isEqualTo(hubs.size());
  }

  /** All nodes have a way to Redis. */
  void recovers() {
    SteadyLoad.awaits(
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
