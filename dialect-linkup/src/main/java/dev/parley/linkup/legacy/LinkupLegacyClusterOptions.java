package dev.parley.linkup.legacy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.config.ConfigurationException;
import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What can be configured below {@code dialects.linkup.legacyCluster}.
 *
 * @param redis the Redis that the brokers share; null to join none
 * @param tls how TLS to it is done, with a URL of TLS
 * @param channel the name of their channel
 * @param answers the generation of the brokers; the two are incompatible
 * @param patience how long a query may take; its time-out counts as no. More than zero, at most
 *     10s, which is the time-out of the brokers themselves
 */
public record LinkupLegacyClusterOptions(
    @Nullable ServiceUrl redis, ServiceTls tls, String channel, Answers answers,
    @JsonProperty("wait") Duration patience) {

  private static final Duration MAX_PATIENCE = Duration.ofSeconds(10);

  /** No cluster; the other values are those of brokers as npm installs them. */
  public static final LinkupLegacyClusterOptions DEFAULT =
      new LinkupLegacyClusterOptions(
          null, ServiceTls.DEFAULT, "linkup", Answers.ALWAYS, Duration.ofSeconds(2));

  /** How brokers answer the query whether they know a peer. */
  public enum Answers {
    /**
     * Only with a yes: the early brokers, which take every answer for a yes. So this node does the
     * same, and a no takes the whole time-out unless there is no other subscriber.
     */
    @JsonProperty("known-only") KNOWN_ONLY,
    /**
     * Always with yes or no: the later brokers up to 0.4.1, which count the answers and wait for
     * ever if one is missing. So this node always answers, too, and counts.
     */
    @JsonProperty("always") ALWAYS
  }

  public LinkupLegacyClusterOptions {
    if (redis != null) {
      try {
        redis.requireRedis();
        tls.requireSecure(redis);
      } catch (ConfigurationException wrong) {
        throw wrong.within("redis");
      }
    }
    if (channel.isBlank()) {
      throw new ConfigurationException("channel", channel, "the name of a channel");
    }
    if (patience.isNegative() || patience.isZero() || patience.compareTo(MAX_PATIENCE) > 0) {
      throw new ConfigurationException(
          "wait", patience.toMillis() + "ms", "a time above 0s, at most 10s");
    }
  }
}
