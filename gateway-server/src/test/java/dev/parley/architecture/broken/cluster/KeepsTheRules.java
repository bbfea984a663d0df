package dev.parley.architecture.broken.cluster;

import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;

/** Where Redis may be known, and the sockets that lead to it. */
public interface KeepsTheRules {
  void use(Redis redis, NetClientOptions options);
}
