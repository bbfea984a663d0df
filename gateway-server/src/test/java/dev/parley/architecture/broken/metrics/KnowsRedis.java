package dev.parley.architecture.broken.metrics;

import io.vertx.redis.client.Redis;

/** Breaks: Redis is known to the cluster alone. */
public interface KnowsRedis {
  void use(Redis redis);
}
