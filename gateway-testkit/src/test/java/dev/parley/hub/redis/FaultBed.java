package dev.parley.hub.redis;

import static dev.parley.hub.redis.Member.result;

import dev.parley.config.ServiceUrl;
import dev.parley.hub.MailboxLimits;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.TcpProxy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Nodes on one Redis, each with a proxy before it, so that each can be cut off by itself. */
final class FaultBed implements AutoCloseable {

  static final Duration LEASE = Duration.ofSeconds(2);

  private final Vertx vertx = Vertx.vertx();
  private final RedisServer redis;
  private final List<TcpProxy> proxies = new ArrayList<>();
  private final List<RedisHub> hubs = new ArrayList<>();

  FaultBed(RedisServer redis, int nodes) {
    this(redis, nodes, CutOff.SERVE);
  }

  FaultBed(RedisServer redis, int nodes, CutOff cutOff) {
    this.redis = redis;
    for (int i = 0; i < nodes; i++) {
      TcpProxy proxy = TcpProxy.to(redis.port());
      proxies.add(proxy);
      RedisHubOptions options =
          new RedisHubOptions(
              ServiceUrl.parse("redis://127.0.0.1:" + proxy.port()), "fault", LEASE, cutOff,
              MailboxLimits.DEFAULT);
      RedisHub hub = new RedisHub(vertx, options, new SimpleMeterRegistry());
      result(hub.start());
      hubs.add(hub);
    }
  }

  RedisHub hub(int node) {
    return hubs.get(node);
  }

  List<RedisHub> hubs() {
    return hubs;
  }

  TcpProxy proxy(int node) {
    return proxies.get(node);
  }

  RedisServer redis() {
    return redis;
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
    result(vertx.close());
  }
}
