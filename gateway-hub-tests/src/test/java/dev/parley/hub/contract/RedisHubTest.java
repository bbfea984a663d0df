package dev.parley.hub.contract;

import dev.parley.hub.MailboxLimits;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.hub.HubContract;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;

/** A node that is alone on its Redis. */
class RedisHubTest extends HubContract {

  @AutoClose private static final RedisServer redis = RedisServer.start();

  @Override
  protected Nodes createNodes(Vertx vertx, MailboxLimits limits, Duration hold) {
    return new RedisNodes(redis.url(), vertx, limits, hold, 1);
  }
}
