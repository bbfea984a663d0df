package dev.parley.dialect;

import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;

/**
 * A message broker that a dialect's original servers share.
 *
 * @param url a Redis, as {@link ServiceUrl#requireRedis} wants it
 * @param tls TLS options, if the URL wants TLS
 * @param key the configuration key that {@code redis} and {@code tls} are below, such as {@code
 *     dialects.linkup.legacyCluster}; log lines name it when one of them is wrong
 */
public record Broker(ServiceUrl url, ServiceTls tls, String key) {

  /** A broker without TLS options. */
  public static Broker of(ServiceUrl url, String key) {
    return new Broker(url, ServiceTls.DEFAULT, key);
  }
}
