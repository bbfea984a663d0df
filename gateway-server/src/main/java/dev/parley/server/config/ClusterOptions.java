package dev.parley.server.config;

import dev.parley.config.ConfigurationException;
import dev.parley.config.ServiceUrl;
import org.jspecify.annotations.Nullable;

/**
 * What this node shares with others.
 *
 * @param redis the Redis of the cluster, or null for a node of its own
 */
public record ClusterOptions(@Nullable ServiceUrl redis) {
  /** A node of its own. */
  public static final ClusterOptions DEFAULT = new ClusterOptions(null);

  /** Refuses a Redis: this version cannot use one, and a node must not pretend to be clustered. */
  public ClusterOptions {
    if (redis != null) {
      throw new ConfigurationException(
          "redis", redis.toString(), "null, as this version runs as a single node");
    }
  }
}
