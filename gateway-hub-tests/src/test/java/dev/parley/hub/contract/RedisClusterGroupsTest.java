package dev.parley.hub.contract;

import dev.parley.group.GroupLimits;
import dev.parley.hub.MailboxLimits;
import dev.parley.testkit.RedisCluster;
import dev.parley.testkit.hub.GroupsContract;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes on a Redis Cluster, every user on another one. */
class RedisClusterGroupsTest extends GroupsContract {

  @TempDir private static Path folder;

  private static RedisCluster redis;

  @BeforeAll
  static void startRedis() {
    redis = RedisCluster.start(folder);
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
