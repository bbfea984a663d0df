package dev.parley.cluster;

import static dev.parley.cluster.Member.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.RedisServer;
import dev.parley.testkit.waits.Waits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Faults between nodes and Redis, under load: no signal is lost without a refusal, duplicated or
 * reordered. Each fault has a negative twin that tampers with Redis as well, to show that the count
 * detects it.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class FaultsTest {

  @TempDir private Path folder;

  private RedisServer redis;

  @BeforeEach
  void startRedis() {
    redis = RedisServer.startWithAppendOnlyFile(folder);
  }

  @AfterEach
  void stopRedis() {
    redis.close();
  }

  private static SteadyLoad load(FaultBed bed) {
    return new SteadyLoad(bed.hubs(), 3, Duration.ofMillis(15));
  }

  @Test
  void givenNothingBreaks_whenAllClientsSignal_thenEverythingArrives() {
    try (FaultBed bed = FaultBed.ofPatientNodes(redis, 3); SteadyLoad load = load(bed)) {
      load.goesOn(5_000);

      Count count = load.ends("no fault");

      count.isFaultless();
      assertThat(count.delivered()).isEqualTo(count.sent());
    }
  }

  // ---- connections are cut

  @Test
  void givenConnectionsThatAreCutAgainAndAgain_whenTheyAreBack_thenNothingIsLost() {
    try (FaultBed bed = new FaultBed(redis, 3); SteadyLoad load = load(bed)) {
      for (int i = 0; i < 6; i++) {
        load.goesOn(1_000);
        bed.proxy(i % 2).cut();
        load.goesOn(1_000);
        bed.proxy(i % 2).restore();
      }
      bed.recovers();
      load.goesOn(1_000);

      load.ends("connections cut").isFaultless();
    }
  }

  @Test
  void givenAnInboxThatLosesEntriesMeanwhile_whenConnectionsAreBack_thenTheCountShowsIt() {
    try (FaultBed bed = new FaultBed(redis, 3); SteadyLoad load = load(bed)) {
      bed.proxy(0).cut();
      bed.pileUp(0);
      bed.loseInbox(0);
      bed.proxy(0).restore();
      bed.recovers();

      assertThat(load.ends("connections cut, inbox lost").lost()).isPositive();
    }
  }

  // ---- connections hang

  @Test
  void givenConnectionsThatHang_whenTheyGoOn_thenNothingIsLost() {
    try (FaultBed bed = new FaultBed(redis, 3); SteadyLoad load = load(bed)) {
      load.goesOn(1_000);
      bed.proxy(0).stall();
      Waits.until("node 0 to notice", () -> bed.hub(0).trouble().isPresent());
      bed.pileUp(0);
      bed.proxy(0).restore();
      bed.recovers();
      load.goesOn(1_000);

      load.ends("connections hung").isFaultless();
    }
  }

  @Test
  void givenConnectionsThatHangAndALostInbox_whenTheyGoOn_thenTheCountShowsIt() {
    try (FaultBed bed = new FaultBed(redis, 3); SteadyLoad load = load(bed)) {
      bed.proxy(0).stall();
      bed.pileUp(0);
      bed.loseInbox(0);
      bed.proxy(0).restore();
      bed.recovers();

      assertThat(load.ends("connections hung, inbox lost").lost()).isPositive();
    }
  }

  // ---- a reply is lost

  @Test
  void givenALostReply_whenTheBatchIsSentAgain_thenItIsNotDoneTwice() {
    try (FaultBed bed = new FaultBed(redis, 3); SteadyLoad load = load(bed)) {
      for (int i = 0; i < 3; i++) {
        loseReply(bed);
        bed.proxy(0).restore();
        bed.recovers();
        load.goesOn(1_000);
      }

      load.ends("replies lost").isFaultless();
    }
  }

  @Test
  void givenARedisThatForgetsTheNumber_whenTheBatchIsSentAgain_thenTheCountShowsIt() {
    try (FaultBed bed = new FaultBed(redis, 3); SteadyLoad load = load(bed)) {
      loseReply(bed);
      bed.probe().ask("HINCRBY", bed.key(0, "seat"), "number", -1);
      bed.proxy(0).restore();
      bed.recovers();
      load.goesOn(1_000);

      assertThat(load.ends("a reply and the number lost").duplicated()).isPositive();
    }
  }

  /**
   * A batch of node 0 with a signal in it was executed, but its reply is lost, and the node cannot
   * retry.
   */
  private static void loseReply(FaultBed bed) {
    bed.proxy(0).loseReply(Pattern.compile("^\\$\\d+\r\nOK\n(.*\n)*D\n").asPredicate());
    Waits.until("a reply to get lost", bed.proxy(0)::isCut);
  }

  // ---- Redis is restarted

  @Test
  void givenARedisWithAnAppendOnlyFile_whenItIsStartedAgain_thenNothingIsLost() {
    try (FaultBed bed = new FaultBed(redis, 3); SteadyLoad load = load(bed)) {
      bed.proxy(0).stall();
      bed.pileUp(0);
      bed.startRedisAgain(redis);
      bed.proxy(0).restore();
      bed.recovers();
      load.goesOn(1_000);

      load.ends("Redis started again").isFaultless();
    }
  }

  @Test
  void givenARedisThatIsStartedAgainAndALostInbox_whenItIsBack_thenTheCountShowsIt() {
    try (FaultBed bed = new FaultBed(redis, 3); SteadyLoad load = load(bed)) {
      bed.proxy(0).stall();
      bed.pileUp(0);
      bed.startRedisAgain(redis);
      bed.loseInbox(0);
      bed.proxy(0).restore();
      bed.recovers();

      assertThat(load.ends("Redis started again, inbox lost").lost()).isPositive();
    }
  }

  @Test
  void givenARedisWithoutAFile_whenItIsStartedAgain_thenTheSendersOfWhatIsLostAreNotified() {
    try (RedisServer forgetful = RedisServer.start();
        FaultBed bed = new FaultBed(forgetful, 3);
        SteadyLoad load = load(bed)) {
      bed.proxy(0).stall();
      bed.pileUp(0);
      bed.startRedisAgain(forgetful);
      bed.proxy(0).restore();
      bed.recovers();
      load.goesOn(3_000);

      Count count = load.ends("Redis started again with nothing in it");
      count.isFaultless();
      assertThat(count.refused()).isPositive();
    }
  }

  @Test
  void givenARedisThatIsFlushed_whenNodesNotice_thenTheCountShowsItAndTheClusterGoesOn() {
    try (FaultBed bed = new FaultBed(redis, 3); SteadyLoad load = load(bed)) {
      bed.proxy(0).stall();
      bed.pileUp(0);
      bed.probe().ask("FLUSHALL");
      bed.proxy(0).restore();
      bed.recovers();
      load.goesOn(3_000);

      Count count = load.ends("Redis flushed");
      assertThat(count.lost()).isPositive();
      assertThat(count.duplicated() + count.outOfOrder()).isZero();
    }
  }

  // ---- a node fails

  @Test
  void givenANodeThatIsKilled_whenOthersNotice_thenWhatItDidNotReadGoesBack() {
    try (FaultBed bed = new FaultBed(redis, 3); SteadyLoad load = load(bed)) {
      load.goesOn(1_000);
      kill(bed, load);
      bed.pileUp(2);
      awaitEviction(bed);
      load.goesOn(1_000);

      load.ends("a node killed").isFaultless();
    }
  }

  @Test
  void givenANodeThatIsKilledAndItsInboxLost_whenOthersNotice_thenTheCountShowsIt() {
    try (FaultBed bed = new FaultBed(redis, 3); SteadyLoad load = load(bed)) {
      kill(bed, load);
      bed.pileUp(2);
      bed.loseInbox(2);
      awaitEviction(bed);

      assertThat(load.ends("a node killed, its inbox lost").toTheDead()).isPositive();
    }
  }

  private static void kill(FaultBed bed, SteadyLoad load) {
    result(bed.hub(2).kill());
    load.dies(bed.hub(2));
  }

  private static void awaitEviction(FaultBed bed) {
    Waits.until(
        "the dead to be cleaned up",
        () -> bed.probe().keys("fault{p0}:*:" + bed.hub(2).node() + ":*").isEmpty());
  }

  // ---- a node is partitioned for longer than its lease

  @Test
  void givenANodeThatIsAwayForLong_whenItIsBack_thenNothingIsLostWithoutARefusal() {
    try (FaultBed bed = new FaultBed(redis, 3); SteadyLoad load = load(bed)) {
      load.goesOn(1_000);
      bed.proxy(1).stall();
      bed.pileUp(1);
      Waits.until(
          "others to bury it",
          () -> bed.probe().keys("fault{p0}:*:" + bed.hub(1).node() + ":*").isEmpty());
      bed.proxy(1).restore();
      bed.recovers();
      load.goesOn(3_000);

      Count count = load.ends("a node away for long");
      count.isFaultless();
      assertThat(count.refused()).isPositive();
    }
  }

  @Test
  void givenANodeThatIsAwayForLongAndItsInboxLost_whenItIsBack_thenTheCountShowsIt() {
    try (FaultBed bed = new FaultBed(redis, 3); SteadyLoad load = load(bed)) {
      bed.proxy(1).stall();
      bed.pileUp(1);
      bed.loseInbox(1);
      Waits.until(
          "others to bury it",
          () -> bed.probe().keys("fault{p0}:*:" + bed.hub(1).node() + ":*").isEmpty());
      bed.proxy(1).restore();
      bed.recovers();

      assertThat(load.ends("a node away for long, its inbox lost").lost()).isPositive();
    }
  }
}
