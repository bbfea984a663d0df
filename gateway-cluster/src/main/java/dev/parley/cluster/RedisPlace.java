package dev.parley.cluster;

import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;

/**
 * Where a Redis is, and where that is configured.
 *
 * @param url as {@link ServiceUrl#requireRedis} or {@link ServiceUrl#requireRedisCluster} wants it
 * @param tls how TLS to it is done, if the URL wants TLS
 * @param section what the keys {@code redis} and {@code tls} are below, such as {@code cluster}
 */
record RedisPlace(ServiceUrl url, ServiceTls tls, String section) {

  /** A whole key, for messages. */
  String key(String name) {
    return section + "." + name;
  }
}
