package dev.parley.linkup.legacy;

import dev.parley.cluster.redis.RedisChannels;
import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;
import dev.parley.dialect.DialectContext;
import dev.parley.linkup.legacy.LinkupLegacyClusterOptions.Answers;
import dev.parley.signal.Bytes;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** A node of ours in the cluster, with peers that are just names. */
final class LinkupLegacyNode implements LinkupLegacyMember, LinkupLegacyLocalPeers {

  private final Vertx vertx = Vertx.vertx();
  private final RedisChannels channels = new RedisChannels(vertx);
  private final Set<String> peers = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<String> delivered = new LinkedBlockingQueue<>();
  private final LinkupLegacyCluster cluster;
  private volatile Function<String, Future<Boolean>> look =
      id -> Future.succeededFuture(peers.contains(id));

  LinkupLegacyNode(ServiceUrl redis, String channel, Answers answers, Duration patience) {
    cluster =
        new LinkupLegacyCluster(
            redis,
            new LinkupLegacyClusterOptions(redis, ServiceTls.DEFAULT, channel, answers, patience),
            new DialectContext(64, channels),
            this);
  }

  LinkupLegacyCluster cluster() {
    return cluster;
  }

  /** Has it find out in another way who is here. */
  void looks(Function<String, Future<Boolean>> another) {
    look = another;
  }

  /** What a registration does: claims the id here, and releases it if another broker has it. */
  boolean registers(String id) {
    peers.add(id);
    boolean contested = result(cluster.hasTaken(id));
    if (contested) {
      peers.remove(id);
    }
    return !contested;
  }

  @Override
  public Future<Boolean> isHere(String id) {
    return look.apply(id);
  }

  @Override
  public void deliver(String from, String to, Bytes signal) {
    if (peers.contains(to)) {
      delivered.add(from + ">" + to + ":" + signal.text());
    }
  }

  @Override
  public boolean asks(String id) {
    return result(cluster.knows(id));
  }

  @Override
  public void signals(String from, String to, String signal) {
    result(cluster.signal(from, to, Bytes.utf8(signal)));
  }

  @Override
  public Set<String> peers() {
    return peers;
  }

  @Override
  public BlockingQueue<String> delivered() {
    return delivered;
  }

  @Override
  public void close() {
    result(cluster.close().eventually(channels::close).eventually(vertx::close));
  }

  static <T> T result(Future<T> future) {
    return Waits.join("an answer of the node", future);
  }
}
