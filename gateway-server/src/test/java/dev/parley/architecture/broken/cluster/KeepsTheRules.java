package dev.parley.architecture.broken.cluster;

import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;

/** The package that may use Redis, and sockets to it. */
public interface KeepsTheRules {
  void use(Redis redis, NetClientOptions options);
}
