package dev.parley.cluster;

import dev.parley.config.ConfigurationException;
import dev.parley.config.DurationText;
import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a node shares with others. Nodes with the same Redis and the same prefix are one gateway.
 *
 * @param redis the Redis of the cluster, or null for a node of its own
 * @param tls how TLS to it is done, with a URL that wants TLS
 * @param prefix what the cluster's keys begin with, {@code [A-Za-z0-9_-]+}
 * @param lease how long a node may be silent before the others take it for dead, from 1 s on; the
 *     same on all nodes
 * @param cutOff what a node does that has not reached Redis for that long
 */
public record ClusterOptions(
    @Nullable ServiceUrl redis, ServiceTls tls, String prefix, Duration lease, CutOff cutOff) {

  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

  /** A node of its own; prefix {@code parley}, 10 s, going on to serve. */
  public static final ClusterOptions DEFAULT =
      new ClusterOptions(
          null, ServiceTls.DEFAULT, "parley", Duration.ofSeconds(10), CutOff.SERVE);

  /** Refuses what cannot work. */
  public ClusterOptions {
    if (redis != null) {
      try {
        redis.requireRedisCluster();
        tls.requireSecure(redis);
      } catch (ConfigurationException wrong) {
        throw wrong.within("redis");
      }
    }
    if (!prefix.matches("[A-Za-z0-9_-]+")) {
      throw new ConfigurationException("prefix", prefix, "letters, digits, - and _");
    }
    if (lease.compareTo(SHORTEST_LEASE) < 0) {
      throw new ConfigurationException("lease", DurationText.format(lease), "at least 1s");
    }
  }

  /** These options with another Redis. */
  public ClusterOptions at(ServiceUrl url) {
    return new ClusterOptions(url, tls, prefix, lease, cutOff);
  }

  /** These options with another prefix. */
  public ClusterOptions named(String name) {
    return new ClusterOptions(redis, tls, name, lease, cutOff);
  }

  /** These options with another lease. */
  public ClusterOptions lasting(Duration time) {
    return new ClusterOptions(redis, tls, prefix, time, cutOff);
  }

  /** These options with another way to do TLS; for a URL that wants it. */
  public ClusterOptions with(ServiceTls newTls) {
    return new ClusterOptions(redis, newTls, prefix, lease, cutOff);
  }

  /** These options with another choice of what to do without Redis. */
  public ClusterOptions with(CutOff newCutOff) {
    return new ClusterOptions(redis, tls, prefix, lease, newCutOff);
  }

  /** How long to wait for Redis: a connection that hangs must be found out well within a lease. */
  RedisPace pace() {
    Duration patience = clamp(lease.dividedBy(4), Duration.ofMillis(250), Duration.ofSeconds(5));
    return new RedisPace(
        patience, patience, Duration.ofMillis(20),
        clamp(lease.dividedBy(10), Duration.ofMillis(100), Duration.ofSeconds(1)));
  }

  /** How often a node says that it is alive. */
  Duration refresh() {
    return lease.dividedBy(6);
  }

  private static Duration clamp(Duration value, Duration least, Duration most) {
    return value.compareTo(least) < 0 ? least : value.compareTo(most) > 0 ? most : value;
  }
}
