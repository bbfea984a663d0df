package dev.parley.cluster.redis;

import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;

/**
 * The address of a Redis, and the configuration keys it comes from.
 *
 * @param url as {@link ServiceUrl#requireRedis} or {@link ServiceUrl#requireRedisCluster} wants it
 * @param tls TLS options, if the URL wants TLS
 * @param section the configuration section of the keys {@code redis} and {@code tls}, such as
 *     {@code cluster}
 */
public record RedisEndpoint(ServiceUrl url, ServiceTls tls, String section) {

  /** The full path of a key, for messages. */
  String key(String name) {
    return section + "." + name;
  }
}
