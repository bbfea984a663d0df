package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.redis.Slots;
import dev.parley.testkit.RedisCluster;
import dev.parley.testkit.RedisSentinels;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.waits.Waits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Fail-over of Redis under load: the nodes find the new master, and no signal is lost without a
 * refusal. Each fault has a negative twin that tampers with Redis as well, to show that the count
 * detects losses.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class FailoverTest {

  private static final int SLOT = Slots.of("p0");

  @TempDir private Path folder;

  private static SteadyLoad load(FaultBed bed) {
    return new SteadyLoad(bed.hubs(), 3, Duration.ofMillis(15));
  }

  private static void nothingElse(FaultBed bed) {}

  private static void loseInbox(FaultBed bed) {
    bed.loseWhatWaitsFor(0);
  }

  /**
   * Replicates the removal; otherwise the fail-over would undo it, or the nodes would detect it.
   */
  private static void loseInboxOfReplicaToo(FaultBed bed) {
    bed.loseWhatWaitsFor(0);
    bed.awaitReplica();
  }

  // ---- a Sentinel fails over

  @Test
  void givenAMasterThatDies_whenASentinelHasFailedOver_thenNothingIsLostWithoutARefusal() {
    failOver("Sentinel fail-over", FailoverTest::nothingElse).isFaultless();
  }

  @Test
  void givenAMasterThatDiesAndALostInbox_whenASentinelHasFailedOver_thenTheCountShowsIt() {
    Count count = failOver("Sentinel fail-over, inbox lost", FailoverTest::loseInboxOfReplicaToo);

    assertThat(count.lost()).isPositive();
  }

  private Count failOver(String what, Consumer<FaultBed> meddling) {
    try (RedisSentinels redis = new RedisSentinels(folder);
        FaultBed bed = new FaultBed(redis.url(), redis.master().url(), 3);
        SteadyLoad load = load(bed)) {
      load.goesOn(2_000);

      meddling.accept(bed);
      load.goesOn(1_000);
      redis.master().stop();
      Waits.until("the fail-over", redis::hasFailedOver);
      bed.recovers();
      load.goesOn(3_000);

      return load.ends(what);
    }
  }

  @Test
  void givenAReplicaThatIsBehind_whenItTakesOver_thenTheSendersOfWhatIsLostAreNotified() {
    Count count =
        failBack("Sentinel fail-over to a replica that is behind", FailoverTest::nothingElse);

    count.isFaultless();
    assertThat(count.refused()).isPositive();
  }

  @Test
  void givenAReplicaThatIsBehindAndALostInbox_whenItTakesOver_thenTheCountShowsIt() {
    Count count =
        failBack("Sentinel fail-over to a replica that is behind, inbox lost",
            FailoverTest::loseInboxOfReplicaToo);

    assertThat(count.lost()).isPositive();
  }

  private Count failBack(String what, Consumer<FaultBed> meddling) {
    try (RedisSentinels redis = new RedisSentinels(folder);
        FaultBed bed = new FaultBed(redis.url(), redis.master().url(), 3);
        SteadyLoad load = load(bed)) {
      load.goesOn(2_000);

      meddling.accept(bed);
      load.goesOn(1_000);
      redis.leaveReplicaBehind();
      load.goesOn(2_000);
      redis.master().stop();
      redis.replica().letGo();
      Waits.until("the fail-over", redis::hasFailedOver);
      bed.recovers();
      load.goesOn(3_000);

      return load.ends(what);
    }
  }

  // ---- a Redis Cluster moves the slot

  @Test
  void givenASlotThatMoves_whenAllItsKeysAreThere_thenNothingIsLostWithoutARefusal() {
    moveSlot("Redis Cluster slot move", FailoverTest::nothingElse).isFaultless();
  }

  @Test
  void givenASlotThatMovesAndALostInbox_whenAllItsKeysAreThere_thenTheCountShowsIt() {
    Count count = moveSlot("Redis Cluster slot move, inbox lost", FailoverTest::loseInbox);

    assertThat(count.lost()).isPositive();
  }

  private Count moveSlot(String what, Consumer<FaultBed> meddling) {
    try (RedisCluster redis = RedisCluster.start(folder);
        FaultBed bed = new FaultBed(redis.url(), redis.master(SLOT).url(), 3);
        SteadyLoad load = load(bed)) {
      load.goesOn(2_000);

      meddling.accept(bed);
      load.goesOn(1_000);
      redis.move(SLOT);
      bed.recovers();
      load.goesOn(3_000);

      return load.ends(what);
    }
  }

  // ---- a Redis Cluster fails over

  @Test
  void givenAMasterOfARedisClusterThatDies_whenItsReplicaTakesOver_thenNothingIsLostWithoutARefusal() {
    failOverInCluster("Redis Cluster master fail-over", FailoverTest::nothingElse).isFaultless();
  }

  @Test
  void givenAMasterOfARedisClusterThatDiesAndALostInbox_whenReplaced_thenTheCountShowsIt() {
    Count count =
        failOverInCluster("Redis Cluster master fail-over, inbox lost",
            FailoverTest::loseInboxOfReplicaToo);

    assertThat(count.lost()).isPositive();
  }

  private Count failOverInCluster(String what, Consumer<FaultBed> meddling) {
    try (RedisCluster redis = RedisCluster.startWithReplica(folder, SLOT);
        FaultBed bed = new FaultBed(redis.url(), redis.master(SLOT).url(), 3);
        SteadyLoad load = load(bed)) {
      load.goesOn(2_000);
      RedisServer before = redis.master(SLOT);

      meddling.accept(bed);
      load.goesOn(1_000);
      before.stop();
      Waits.until("nodes to notice", () -> bed.hub(0).trouble().isPresent());
      bed.recovers();
      load.goesOn(3_000);

      assertThat(redis.master(SLOT)).isNotSameAs(before);
      return load.ends(what);
    }
  }
}
