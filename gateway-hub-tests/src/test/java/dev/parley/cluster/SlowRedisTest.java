package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.RedisServer;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A Redis that is slow or busy, under load: latency grows, and no node is evicted. */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class SlowRedisTest {

  /** Each way, so a round trip takes 50 to 200 ms. */
  private static final Duration MIN = Duration.ofMillis(25);
  private static final Duration MAX = Duration.ofMillis(100);

  /**
   * How long Redis is blocked; longer than the time-out of nodes, which is a quarter of the lease.
   */
  private static final Duration LONG = Duration.ofSeconds(4);
  private static final Duration SHORT = Duration.ofMillis(1_500);

  /** So long that no node is evicted on a busy machine, either. */
  private static final Duration LEASE = LONG.multipliedBy(3);

  /** The time of a script after which Redis answers BUSY to other clients. */
  private static final int BUSY_MILLIS = 50;

  private RedisServer redis;

  @BeforeEach
  void startRedis() {
    redis = RedisServer.start();
  }

  @AfterEach
  void stopRedis() {
    redis.close();
  }

  /** Less than the throughput of a pipeline with 256 commands in 200 ms. */
  private static SteadyLoad load(FaultBed bed) {
    return new SteadyLoad(bed.hubs(), 3, Duration.ofMillis(25));
  }

  private static void slow(FaultBed bed, int node) {
    bed.proxy(node).delay(MIN, MAX);
  }

  @Test
  void givenAnswersThatTakeLong_whenAllClientsSignal_thenEverythingArrivesAndNoNodeIsEvicted() {
    try (FaultBed bed = FaultBed.ofPatientNodes(redis, 3); SteadyLoad load = load(bed)) {
      for (int node = 0; node < 3; node++) {
        slow(bed, node);
        load.goesOn(1_000);
        bed.proxy(node).restore();
      }
      for (int node = 0; node < 3; node++) {
        slow(bed, node);
      }
      load.goesOn(3_000);

      Count count = load.ends("slow Redis");
      count.isFaultless();
      assertThat(count.delivered()).isEqualTo(count.sent());
      bed.nobodyWasTakenForDead();
    }
  }

  @Test
  void givenASlowNodeWhoseInboxIsLost_whenAllClientsSignal_thenTheCountShowsIt() {
    try (FaultBed bed = FaultBed.withLease(redis, 3, LEASE); SteadyLoad load = load(bed)) {
      slow(bed, 0);
      for (int i = 0; i < 3; i++) {
        load.goesOn(300);
        bed.loseInbox(0);
      }

      assertThat(load.ends("slow Redis, inbox lost").lost()).isPositive();
    }
  }

  @Test
  void givenARedisThatSleepsAgainAndAgain_whenItDoesNot_thenEverythingArrivesAndNoNodeIsEvicted() {
    assertThatNobodyIsGivenUp("sleeping Redis", SlowRedisTest::sleep);
  }

  @Test
  void givenARedisThatIsBusyAgainAndAgain_whenItIsNot_thenEverythingArrivesAndNoNodeIsEvicted() {
    assertThatNobodyIsGivenUp("busy Redis", SlowRedisTest::runSlowScript);
  }

  private void assertThatNobodyIsGivenUp(String what, BiConsumer<FaultBed, Duration> occupy) {
    try (FaultBed bed = FaultBed.withLease(redis, 3, LEASE); SteadyLoad load = load(bed)) {
      bed.probe().ask("CONFIG", "SET", "lua-time-limit", BUSY_MILLIS);
      for (int i = 0; i < 2; i++) {
        occupy.accept(bed, SHORT);
        load.goesOn(200);
        occupy.accept(bed, LONG);
        bed.recovers();
        load.goesOn(200);
      }

      Count count = load.ends(what);
      count.isFaultless();
      assertThat(count.delivered()).isEqualTo(count.sent());
      bed.nobodyWasTakenForDead();
    }
  }

  @Test
  void givenABusyRedisThatLosesAnInbox_whenItIsNotBusyAnyMore_thenTheCountShowsIt() {
    try (FaultBed bed = FaultBed.withLease(redis, 3, LEASE); SteadyLoad load = load(bed)) {
      sleep(bed, LONG);
      bed.recovers();
      bed.loseWhatWaitsFor(0);
      sleep(bed, LONG);
      bed.recovers();

      assertThat(load.ends("busy Redis, inbox lost").lost()).isPositive();
    }
  }

  /** Redis does not answer. */
  private static void sleep(FaultBed bed, Duration time) {
    bed.probe().ask("DEBUG", "SLEEP", time.toMillis() / 1e3);
  }

  /** Redis does not answer, and after a while it answers BUSY. */
  private static void runSlowScript(FaultBed bed, Duration time) {
    String script =
        """
            local function micros()
              local time = redis.call('TIME')
              return time[1] * 1000000 + time[2]
            end
            local enough = micros() + ARGV[1]
            while micros() < enough do
            end
            """;
    bed.probe().ask("EVAL", script, 0, time.toNanos() / 1_000);
  }
}
