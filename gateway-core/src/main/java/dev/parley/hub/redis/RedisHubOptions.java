package dev.parley.hub.redis;

import dev.parley.config.ConfigurationException;
import dev.parley.config.DurationText;
import dev.parley.config.ServiceUrl;
import dev.parley.hub.MailboxLimits;
import java.time.Duration;

/**
 * How a node takes part in a cluster.
 *
 * @param redis the Redis that the nodes share
 * @param prefix what the cluster's keys begin with, {@code [A-Za-z0-9_-]+}
 * @param lease how long a node may be silent before others take it for dead, from 1 s on
 * @param cutOff what it does itself after that time
 * @param mailboxes how much is held for peers that are not there, in the whole cluster
 */
public record RedisHubOptions(
    ServiceUrl redis, String prefix, Duration lease, CutOff cutOff, MailboxLimits mailboxes) {

  /** The prefix unless another one is wanted. */
  public static final String DEFAULT_PREFIX = "parley";

  /** The lease unless another one is wanted. */
  public static final Duration DEFAULT_LEASE = Duration.ofSeconds(10);

  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

  /** Refuses what cannot work. */
  public RedisHubOptions {
    if (!prefix.matches("[A-Za-z0-9_-]+")) {
      throw new ConfigurationException("prefix", prefix, "letters, digits, _ and - only");
    }
    if (lease.compareTo(SHORTEST_LEASE) < 0) {
      throw new ConfigurationException("lease", DurationText.format(lease), "1s or more");
    }
    redis = within("redis", redis);
  }

  private static ServiceUrl within(String key, ServiceUrl url) {
    try {
      return url.requireRedis();
    } catch (ConfigurationException wrong) {
      throw wrong.within(key);
    }
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
