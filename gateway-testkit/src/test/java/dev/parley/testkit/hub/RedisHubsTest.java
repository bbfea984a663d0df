package dev.parley.testkit.hub;

import dev.parley.hub.MailboxLimits;
import dev.parley.testkit.RedisServer;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Three nodes on one Redis, every session on another one. */
class RedisHubsTest extends HubContract {

  private static RedisServer redis;

  @BeforeAll
  static void startRedis() {
    redis = RedisServer.start();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @Override
  protected Nodes createNodes(Vertx vertx, MailboxLimits limits) {
    return new RedisNodes(redis.url(), vertx, limits, 3);
  }
}
