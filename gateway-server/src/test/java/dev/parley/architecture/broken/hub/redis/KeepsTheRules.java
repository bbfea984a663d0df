package dev.parley.architecture.broken.hub.redis;

import io.vertx.redis.client.Redis;

/** Where Redis may be known. */
public interface KeepsTheRules {
  void use(Redis redis);
}
