package dev.parley.testkit.hub;

import dev.parley.hub.MailboxLimits;
import dev.parley.testkit.RedisServer;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A node that is alone on its Redis. */
class RedisHubTest extends HubContract {

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
    return new RedisNodes(redis.url(), vertx, limits, 1);
  }
}
