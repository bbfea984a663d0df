package dev.parley.hub.contract;

import dev.parley.hub.MailboxLimits;
import dev.parley.testkit.RedisCluster;
import dev.parley.testkit.hub.HubContract;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes on a Redis Cluster, every session on another one. */
class RedisClusterHubTest extends HubContract {

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
  protected Nodes createNodes(Vertx vertx, MailboxLimits limits, Duration hold) {
    return new RedisNodes(redis.url(), vertx, limits, hold, 3);
  }
}
