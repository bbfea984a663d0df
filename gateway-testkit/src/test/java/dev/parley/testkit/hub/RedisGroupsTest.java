package dev.parley.testkit.hub;

import dev.parley.group.GroupLimits;
import dev.parley.hub.MailboxLimits;
import dev.parley.testkit.RedisServer;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A node that is alone on its Redis. */
class RedisGroupsTest extends GroupsContract {

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
  protected List<Node> createNodes(Vertx vertx, GroupLimits limits) {
    return new RedisNodes(redis.url(), vertx, MailboxLimits.DEFAULT, limits, 1).withGroups();
  }
}
