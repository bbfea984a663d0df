package dev.parley.cluster.redis;

import dev.parley.config.ServiceUrl;
import dev.parley.config.ServiceUrl.Host;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Redis that has the keys of a cluster, again for each connection: at a plain address, by
 * asking Sentinels, or by asking the nodes of a Redis Cluster. After a failure, the next call
 * begins with another host. Confined to one event loop.
 *
 * <p>Connections are plain ones to one server. The client library's own for Redis Cluster was seen
 * to lose the connection to a node for good, and to reorder commands when slots move.
 */
public final class MasterLocator {

  private static final int SENTINEL_PORT = 26379;
  private static final int REDIS_PORT = 6379;
  private static final Request INFO = Request.cmd(Command.INFO);

  private final LoopContext loop;
  private final RedisConnector connector;
  /** The name of the master at the Sentinels; null without Sentinels. */
  private final @Nullable String sentinelName;
  private final int slot;
  private List<Host> hosts;
  private int next;

  /**
   * A connection to the master.
   *
   * @param info the answer of the server to INFO
   */
  public record Found(RedisLink link, RedisServerInfo info) {}

  /**
   * @param url as {@link ServiceUrl#requireRedisCluster} wants it
   * @param slot the slot of all keys
   */
  public MasterLocator(LoopContext loop, RedisConnector connector, ServiceUrl url, int slot) {
    this.loop = loop;
    this.connector = connector;
    this.slot = slot;
    boolean sentinels = url.uri().getScheme().endsWith("+sentinel");
    this.sentinelName = sentinels ? url.uri().getPath().substring(1) : null;
    this.hosts = url.hosts(sentinels ? SENTINEL_PORT : REDIS_PORT);
  }

  /** Opens a connection, which is confined to the event loop. */
  public Future<Found> open() {
    assert loop.isCurrent();
    Host host = hosts.get(Math.floorMod(next, hosts.size()));
    String name = sentinelName;
    Future<Found> found = name == null ? at(host) : bySentinel(host, name);
    return found.onFailure(cause -> next++);
  }

  private Future<Found> bySentinel(Host sentinel, String name) {
    return connector
        .open(sentinel, false)
        .compose(
            link -> link
                .send(Request.cmd(Command.SENTINEL).arg("get-master-addr-by-name").arg(name))
                .onComplete(done -> link.close()))
        .compose(
            address -> address == null || address.size() < 2
                ? Future.failedFuture(
                    new IllegalStateException(sentinel + " knows no master " + name))
                : at(host(address, sentinel)));
  }

  private Future<Found> at(Host host) {
    return connector
        .open(host, true)
        .compose(
            link -> link.send(INFO)
                .map(info -> new RedisServerInfo(String.valueOf(info)))
                .compose(info -> checked(link, info, host))
                .onFailure(cause -> link.close()));
  }

  private Future<Found> checked(RedisLink link, RedisServerInfo info, Host host) {
    return info.isInCluster()
        ? owner(link, host).compose(owner -> at(owner, link, info, host))
        : Future.succeededFuture(new Found(link, info));
  }

  private Future<Found> at(Host owner, RedisLink link, RedisServerInfo info, Host host) {
    if (owner.equals(host)) {
      return Future.succeededFuture(new Found(link, info));
    }
    link.close();
    return connector
        .open(owner, true)
        .compose(
            its -> its.send(INFO)
                .map(said -> new Found(its, new RedisServerInfo(String.valueOf(said))))
                .onFailure(cause -> its.close()));
  }

  /**
   * The owner of the slot, as far as the asked node knows. Its peers are candidates for the next
   * attempt.
   */
  private Future<Host> owner(RedisLink link, Host asked) {
    return link.send(Request.cmd(Command.CLUSTER).arg("SLOTS"))
        .compose(
            ranges -> {
              List<Host> known = new ArrayList<>();
              Optional<Host> owner = Optional.empty();
              if (ranges != null) {
                for (Response range : ranges) {
                  for (int i = 2; i < range.size(); i++) {
                    Host host = host(range.get(i), asked);
                    if (!known.contains(host)) {
                      known.add(host);
                    }
                  }
                  if (number(range.get(0)) <= slot && slot <= number(range.get(1))) {
                    owner = Optional.of(host(range.get(2), asked));
                  }
                }
              }
              if (!known.isEmpty()) {
                hosts = List.copyOf(known);
              }
              return owner
                  .map(Future::succeededFuture)
                  .orElseGet(
                      () -> Future.failedFuture(
                          new IllegalStateException("no node has slot " + slot)));
            });
  }

  private static int number(Response number) {
    return Integer.parseInt(number.toString());
  }

  /**
   * The address of a server; one that does not know its own name is at the address that was asked.
   */
  private static Host host(Response address, Host asked) {
    Response name = address.get(0);
    String text = name == null ? "" : name.toString();
    String known = text.isEmpty() || text.equals("?") ? asked.name() : text;
    return new Host(
        known.contains(":") && !known.startsWith("[") ? "[" + known + "]" : known,
        number(address.get(1)));
  }
}
