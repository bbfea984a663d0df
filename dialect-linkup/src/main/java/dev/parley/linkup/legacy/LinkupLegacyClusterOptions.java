package dev.parley.linkup.legacy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.config.ConfigurationException;
import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What can be configured about the cluster of linkup brokers that this node joins.
 *
 * @param redis the Redis that the brokers share; null to join none
 * @param tls how TLS to it is done, with a URL that wants TLS
 * @param channel the channel that they talk in
 * @param answers which generation of brokers is there; they contradict each other
 * @param patience how long a question to them may take; what is not answered by then counts as no. More
 *     than zero, at most 10s, which is what the brokers themselves wait
 */
public record LinkupLegacyClusterOptions(
    @Nullable ServiceUrl redis, ServiceTls tls, String channel, Answers answers,
    @JsonProperty("wait") Duration patience) {

  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** No cluster; the other values are those of brokers as npm installs them. */
  public static final LinkupLegacyClusterOptions DEFAULT =
      new LinkupLegacyClusterOptions(
          null, ServiceTls.DEFAULT, "linkup", Answers.ALWAYS, Duration.ofSeconds(2));

  /** How brokers answer the question whether they know a peer. */
  public enum Answers {
    /**
     * Who does not know it is silent: the early brokers, to whom every answer is a yes, whatever it
     * says. So this node is silent, too, and a no takes the whole wait unless nobody else is there.
     */
    @JsonProperty("known-only") KNOWN_ONLY,
    /**
     * Yes or no, always: the later brokers up to 0.4.1, which count the answers and wait for ever
     * if one is missing. So this node always answers, too, and counts.
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
    if (patience.isNegative() || patience.isZero() || patience.compareTo(LONGEST) > 0) {
      throw new ConfigurationException(
          "wait", patience.toMillis() + "ms", "a time above 0s, at most 10s");
    }
  }
}
