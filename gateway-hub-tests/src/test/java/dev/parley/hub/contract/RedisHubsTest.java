package dev.parley.hub.contract;

import dev.parley.hub.MailboxLimits;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.hub.HubContract;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;

/** Three nodes on one Redis, every session on another one. */
class RedisHubsTest extends HubContract {

  @AutoClose private static final RedisServer redis = RedisServer.start();

  @Override
  protected Nodes createNodes(Vertx vertx, MailboxLimits limits, Duration hold) {
    return new RedisNodes(redis.url(), vertx, limits, hold, 3);
  }
}
