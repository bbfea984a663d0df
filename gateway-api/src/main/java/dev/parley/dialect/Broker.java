package dev.parley.dialect;

import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;

/**
 * A message broker that a dialect's original servers share.
 *
 * @param url a Redis, as {@link ServiceUrl#requireRedis} wants it
 * @param tls how TLS to it is done, if the URL wants TLS
 * @param key where {@code redis} and {@code tls} are configured, such as {@code
 *     dialects.linkup.legacyCluster}; log lines name it when one of them is wrong
 */
public record Broker(ServiceUrl url, ServiceTls tls, String key) {

  /** One whose URL says everything. */
  public static Broker of(ServiceUrl url, String key) {
    return new Broker(url, ServiceTls.DEFAULT, key);
  }
}
