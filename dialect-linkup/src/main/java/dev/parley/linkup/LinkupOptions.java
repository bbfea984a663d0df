package dev.parley.linkup;

import dev.parley.config.ConfigurationException;
import dev.parley.linkup.legacy.LinkupLegacyClusterOptions;
import java.time.Duration;

/**
 * What can be configured below {@code dialects.linkup}.
 *
 * @param glareWait how long the offer of a peer of another dialect waits when the client has just
 *     asked about that peer, and is likely to call it itself; {@code 0s} for not at all
 * @param legacyCluster the linkup brokers that are still running
 */
public record LinkupOptions(Duration glareWait, LinkupLegacyClusterOptions legacyCluster) {

  private static final Duration MAX_WAIT = Duration.ofSeconds(10);

  /** Those of a linkup broker without options. */
  public static final LinkupOptions DEFAULT =
      new LinkupOptions(Duration.ofMillis(300), LinkupLegacyClusterOptions.DEFAULT);

  public LinkupOptions {
    if (glareWait.isNegative() || glareWait.compareTo(MAX_WAIT) > 0) {
      throw new ConfigurationException("glareWait", glareWait.toMillis() + "ms",
          "a time from 0s to 10s");
    }
  }
}
