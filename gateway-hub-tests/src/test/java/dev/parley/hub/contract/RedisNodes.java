package dev.parley.hub.contract;

import dev.parley.cluster.ClusterOptions;
import dev.parley.cluster.RedisHub;
import dev.parley.config.ServiceUrl;
import dev.parley.group.GroupLimits;
import dev.parley.hub.Hub;
import dev.parley.hub.MailboxLimits;
import dev.parley.testkit.hub.GroupsContract;
import dev.parley.testkit.hub.HubContract;
import dev.parley.testkit.hub.RecordingRecipient;
import dev.parley.testkit.waits.Waits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Some nodes on one Redis; sessions connect to them round-robin. Any thread. */
final class RedisNodes implements HubContract.Nodes {

  private static final AtomicInteger CLUSTERS = new AtomicInteger();

  private final List<RedisHub> hubs = new ArrayList<>();
  private final IdentityHashMap<RecordingRecipient, Hub> places = new IdentityHashMap<>();

  RedisNodes(ServiceUrl redis, Vertx vertx, MailboxLimits limits, Duration hold, int count) {
    this(redis, vertx, limits, GroupLimits.DEFAULT, hold, count);
  }

  RedisNodes(
      ServiceUrl redis, Vertx vertx, MailboxLimits limits, GroupLimits groups, int count) {
    this(redis, vertx, limits, groups, Duration.ZERO, count);
  }

  private RedisNodes(
      ServiceUrl redis, Vertx vertx, MailboxLimits limits, GroupLimits groups, Duration hold,
      int count) {
    String prefix = "test" + CLUSTERS.incrementAndGet();
    ClusterOptions options = ClusterOptions.DEFAULT.at(redis).named(prefix);
    for (int i = 0; i < count; i++) {
      RedisHub hub =
          new RedisHub(vertx, options, limits, groups, hold, new SimpleMeterRegistry());
      start(hub);
      hubs.add(hub);
    }
  }

  private static void start(RedisHub hub) {
    Waits.join("the start of the node", hub.start());
  }

  @Override
  public synchronized Hub of(RecordingRecipient session) {
    return places.computeIfAbsent(session, unknown -> hubs.get(places.size() % hubs.size()));
  }

  @Override
  public List<Hub> all() {
    return List.copyOf(hubs);
  }

  /** The nodes, each with its hub and groups. */
  List<GroupsContract.Node> withGroups() {
    return hubs.stream().map(hub -> new GroupsContract.Node(hub, hub.groups())).toList();
  }
}
