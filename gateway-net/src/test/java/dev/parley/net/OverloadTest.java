package dev.parley.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.net.limits.HeapUse;
import dev.parley.net.limits.LoopDelay;
import dev.parley.net.limits.OverloadLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When a node sheds load, on a clock that is advanced by hand. */
class OverloadTest {

  private static final long HEAP = 1000;
  private static final Duration BEAT = Duration.ofNanos(LoopDelay.PERIOD_NANOS);
  private static final Duration LATE = BEAT.plusMillis(251);
  private static final Duration IN_TIME = BEAT.plusMillis(249);

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
  private final AtomicLong used = new AtomicLong();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Overload overload =
      new Overload(OverloadLimits.DEFAULT, new HeapUse(used::get, HEAP, clock.get()), clock::get,
          metrics);
  private final LoopDelay loop = overload.measure();

  /** The loop beats so often, each time so long after the beat before. */
  private void beats(int times, Duration after) {
    for (int i = 0; i < times; i++) {
      clock.addAndGet(after.toNanos());
      loop.beat(clock.get(), 0);
      overload.judge();
    }
  }

  private double shedding(String cause) {
    return metrics.get("parley.overload").tag("cause", cause).gauge().value();
  }

  @Test
  void givenALoopInTime_whenItBeats_thenNothingIsShed() {
    beats(100, IN_TIME);

    assertThat(overload.isShedding()).isFalse();
    assertThat(overload.reason()).isEmpty();
    assertThat(metrics.get("parley.loop.delay").gauge().value()).isEqualTo(0.249);
  }

  @Test
  void givenASinglePause_whenItWasLong_thenNothingIsShed() {
    beats(5, BEAT);
    beats(1, Duration.ofMinutes(1));
    beats(1, BEAT);

    assertThat(overload.isShedding()).isFalse();
  }

  @Test
  void givenAPauseOfAllLoops_whenOneBeatsBeforeTheOthers_thenNothingIsShed() {
    LoopDelay other = overload.measure();
    clock.addAndGet(Duration.ofMinutes(1).toNanos());
    loop.beat(clock.get(), 0);
    overload.judge();
    other.beat(clock.get(), 0);
    overload.judge();
    beats(1, BEAT);
    other.beat(clock.get(), 0);

    beats(3, BEAT);

    assertThat(overload.isShedding()).isFalse();
  }

  @Test
  void givenALoopThatIsLateForASecondOnEnd_whenItBeats_thenLoadIsShedUntilTwoSecondsAreCalm() {
    beats(3, LATE);
    assertThat(overload.isShedding()).isFalse();
    beats(1, LATE);

    assertThat(overload.isShedding()).isTrue();
    assertThat(overload.reason()).hasValue("event loops are behind their work");
    assertThat(shedding("loop_delay")).isEqualTo(1);
    assertThat(shedding("memory")).isZero();

    beats(19, BEAT);
    assertThat(overload.isShedding()).isTrue();
    beats(1, BEAT);
    assertThat(overload.isShedding()).isFalse();
    assertThat(shedding("loop_delay")).isZero();
  }

  @Test
  void givenALoopThatStandsStill_whenAnotherOneBeats_thenLoadIsShed() {
    LoopDelay other = overload.measure();
    for (int i = 0; i < 14; i++) {
      clock.addAndGet(BEAT.toNanos());
      other.beat(clock.get(), 0);
      overload.judge();
    }

    assertThat(overload.isShedding()).isTrue();
  }

  @Test
  void givenLoadThatIsShed_whenThatWasNotEnoughForTwoSeconds_thenFramesWeighMoreAndNoneIsAccepted() {
    beats(4, LATE);
    assertThat(overload.weight()).isEqualTo(1);
    assertThat(overload.admits()).isTrue();

    beats(6, LATE);

    assertThat(overload.weight()).isEqualTo(Overload.WEIGHT);
    assertThat(overload.admits()).isFalse();
    assertThat(metrics.get("parley.connections.refused").tag("cause", "overload").counter().count())
        .isEqualTo(1);
    beats(20, BEAT);
    assertThat(overload.weight()).isEqualTo(1);
    assertThat(overload.admits()).isTrue();
  }

  @Test
  void givenAHeapThatIsNearlyFullAfterACollection_whenNoneFollows_thenThatCountsForAWhileOnly() {
    used.set(900);
    beats(1, BEAT);
    assertThat(overload.isShedding()).isFalse();

    used.set(901);
    beats(1, BEAT);

    assertThat(overload.isShedding()).isTrue();
    assertThat(overload.reason()).hasValue("memory is short");
    assertThat(shedding("memory")).isEqualTo(1);
    // Nothing is allocated, so nothing is collected: only trying shows whether memory is free.
    beats(121, BEAT);
    assertThat(overload.isShedding()).isFalse();

    used.set(902);
    beats(1, BEAT);
    assertThat(overload.isShedding()).isTrue();
    used.set(500);
    beats(21, BEAT);
    assertThat(overload.isShedding()).isFalse();
  }

  @Test
  void givenLimitsThatAreOff_whenEverythingIsLateAndFull_thenNothingIsShed() {
    Overload off =
        new Overload(OverloadLimits.OFF, new HeapUse(used::get, HEAP, clock.get()), clock::get,
            new SimpleMeterRegistry());
    LoopDelay late = off.measure();
    used.set(HEAP);
    for (int i = 0; i < 10; i++) {
      clock.addAndGet(Duration.ofSeconds(10).toNanos());
      late.beat(clock.get(), 0);
      off.judge();
    }

    assertThat(off.isShedding()).isFalse();
  }

  @Test
  void givenThisProcess_whenItsHeapIsRead_thenItIsFarFromFull() {
    System.gc();

    HeapUse heap = HeapUse.ofThisProcess();

    assertThat(heap.exceeds(100, System.nanoTime())).isFalse();
  }
}
