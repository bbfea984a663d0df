package dev.parley.hub.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.RedisCluster;
import dev.parley.testkit.RedisSentinels;
import dev.parley.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another Redis takes over, under load: the nodes find it, and nothing is lost in silence. */
class FailoverTest {

  private static final int SLOT = Slots.of("p0");

  @TempDir private Path folder;

  private static SteadyLoad load(FaultBed bed) {
    return new SteadyLoad(bed.hubs(), 3, Duration.ofMillis(5));
  }

  @Test
  void givenAMasterThatDies_whenASentinelHasFailedOver_thenNothingIsLostInSilence() {
    try (RedisSentinels redis = new RedisSentinels(folder);
        FaultBed bed = new FaultBed(redis.url(), redis.replica().url(), 3, null);
        SteadyLoad load = load(bed)) {
      load.goesOn(2_000);

      redis.master().stop();
      SteadyLoad.awaits("the fail-over", redis::hasFailedOver);
      bed.recovers();
      load.goesOn(3_000);

      load.ends("Sentinel fail-over").isFaultless();
    }
  }

  @Test
  void givenAReplicaThatIsBehind_whenItTakesOver_thenTheSendersOfWhatIsLostAreTold() {
    try (RedisSentinels redis = new RedisSentinels(folder);
        FaultBed bed = new FaultBed(redis.url(), redis.replica().url(), 3, null);
        SteadyLoad load = load(bed)) {
      load.goesOn(2_000);

      redis.replica().hold();
      load.goesOn(2_000);
      redis.master().stop();
      redis.replica().letGo();
      SteadyLoad.awaits("the fail-over", redis::hasFailedOver);
      bed.recovers();
      load.goesOn(3_000);

      SteadyLoad.Count count = load.ends("Sentinel fail-over to a replica that is behind");
      count.isFaultless();
      assertThat(count.refused()).isPositive();
    }
  }

  @Test
  void givenASlotThatMoves_whenAllItsKeysAreThere_thenNothingIsLostInSilence() {
    try (RedisCluster redis = RedisCluster.start(folder);
        FaultBed bed = new FaultBed(redis.url(), redis.master(SLOT).url(), 3, null);
        SteadyLoad load = load(bed)) {
      load.goesOn(2_000);

      redis.move(SLOT);
      bed.recovers();
      load.goesOn(3_000);

      SteadyLoad.Count count = load.ends("Redis Cluster slot move");
      count.isFaultless();
    }
  }

  @Test
  void givenAMasterOfARedisClusterThatDies_whenItsReplicaTakesOver_thenNothingIsLostInSilence() {
    try (RedisCluster redis = RedisCluster.startWithReplica(folder, SLOT);
        FaultBed bed = new FaultBed(redis.url(), redis.master(SLOT).url(), 3, null);
        SteadyLoad load = load(bed)) {
      load.goesOn(2_000);
      RedisServer before = redis.master(SLOT);

      before.stop();
      SteadyLoad.awaits("nodes to notice", () -> bed.hub(0).trouble().isPresent());
      bed.recovers();
      load.goesOn(3_000);

      load.ends("Redis Cluster master fail-over").isFaultless();
      assertThat(redis.master(SLOT)).isNotSameAs(before);
    }
  }
}
