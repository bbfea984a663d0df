package dev.parley.architecture.broken.metrics;

import io.vertx.redis.client.Redis;

/** Breaks: Redis is known to its hub alone. */
public interface KnowsRedis {
  void use(Redis redis);
}
