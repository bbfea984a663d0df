package dev.parley.hub.contract;

import dev.parley.group.GroupLimits;
import dev.parley.hub.MailboxLimits;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.hub.GroupsContract;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AutoClose;

/** Three nodes on one Redis, every user on another one. */
class RedisGroupsOnThreeNodesTest extends GroupsContract {

  @AutoClose private static final RedisServer redis = RedisServer.start();

  @Override
  protected List<Node> createNodes(Vertx vertx, GroupLimits limits) {
    return new RedisNodes(redis.url(), vertx, MailboxLimits.DEFAULT, limits, 3).withGroups();
  }
}
