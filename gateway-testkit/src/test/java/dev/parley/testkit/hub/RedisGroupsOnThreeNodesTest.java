package dev.parley.testkit.hub;

import dev.parley.group.GroupLimits;
import dev.parley.hub.MailboxLimits;
import dev.parley.testkit.RedisServer;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Three nodes on one Redis, every user on another one. */
class RedisGroupsOnThreeNodesTest extends GroupsContract {

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
    return new RedisNodes(redis.url(), vertx, MailboxLimits.DEFAULT, limits, 3).withGroups();
  }
}
