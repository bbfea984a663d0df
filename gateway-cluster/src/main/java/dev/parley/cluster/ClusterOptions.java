package dev.parley.cluster;

import dev.parley.cluster.membership.PartitionPolicy;
import dev.parley.cluster.redis.RetryPolicy;
import dev.parley.config.ConfigurationException;
import dev.parley.config.DurationText;
import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Options of a cluster. Nodes with the same Redis and the same prefix are one gateway.
 *
 * @param redis the Redis of the cluster; null for a single node without one
 * @param tls TLS options, for a URL that wants TLS
 * @param prefix prefix of the cluster's keys, {@code [A-Za-z0-9_-]+}
 * @param lease how long a node may miss heartbeats before other nodes evict it, at least 1 s; the
 *     same on all nodes
 * @param cutOff what a node does that has been partitioned from Redis for that long
 */
public record ClusterOptions(
    @Nullable ServiceUrl redis, ServiceTls tls, String prefix, Duration lease,
    PartitionPolicy cutOff) {

  private static final Duration MIN_LEASE = Duration.ofSeconds(1);

  /** A single node without Redis; prefix {@code parley}, lease 10 s, keeps serving. */
  public static final ClusterOptions DEFAULT =
      new ClusterOptions(
          null, ServiceTls.DEFAULT, "parley", Duration.ofSeconds(10), PartitionPolicy.SERVE);

  /** Rejects invalid combinations. */
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
    if (lease.compareTo(MIN_LEASE) < 0) {
      throw new ConfigurationException("lease", DurationText.format(lease), "at least 1s");
    }
  }

  /** A copy with another Redis. */
  public ClusterOptions at(ServiceUrl url) {
    return new ClusterOptions(url, tls, prefix, lease, cutOff);
  }

  /** A copy with another prefix. */
  public ClusterOptions named(String name) {
    return new ClusterOptions(redis, tls, name, lease, cutOff);
  }

  /** A copy with another lease. */
  public ClusterOptions lasting(Duration time) {
    return new ClusterOptions(redis, tls, prefix, time, cutOff);
  }

  /** A copy with other TLS options; for a URL that wants TLS. */
  public ClusterOptions with(ServiceTls newTls) {
    return new ClusterOptions(redis, newTls, prefix, lease, cutOff);
  }

  /** A copy with another partition policy. */
  public ClusterOptions with(PartitionPolicy newCutOff) {
    return new ClusterOptions(redis, tls, prefix, lease, newCutOff);
  }

  /**
   * Time-outs and back-off for Redis: a connection that hangs must time out well within a lease.
   */
  RetryPolicy pace() {
    Duration patience = clamp(lease.dividedBy(4), Duration.ofMillis(250), Duration.ofSeconds(5));
    return new RetryPolicy(
        patience, patience, Duration.ofMillis(20),
        clamp(lease.dividedBy(10), Duration.ofMillis(100), Duration.ofSeconds(1)));
  }

  /** The interval between heartbeats. */
  Duration refresh() {
    return lease.dividedBy(6);
  }

  private static Duration clamp(Duration value, Duration least, Duration most) {
    return value.compareTo(least) < 0 ? least : value.compareTo(most) > 0 ? most : value;
  }
}
