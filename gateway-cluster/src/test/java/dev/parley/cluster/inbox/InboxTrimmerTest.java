package dev.parley.cluster.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.PendingCommand;
import dev.parley.cluster.pipeline.PipelineLimits;
import dev.parley.cluster.redis.RedisLink;
import dev.parley.cluster.script.CallReport;
import dev.parley.cluster.script.EntryId;
import dev.parley.cluster.script.RedisKeys;
import dev.parley.cluster.script.RedisScript;
import dev.parley.cluster.script.TrimCommand;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.junit5.Timeout;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests block the event loop on purpose, so that no timer fires in between. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 2, timeUnit = TimeUnit.MINUTES)
class InboxTrimmerTest {

  private static final int EPOCH = 3;
  private static final Duration A_WHILE = Duration.ofMillis(6);

  private final Vertx vertx;
  private final Context context;
  private final CommandPipeline pipeline;
  private final AtomicLong nanos = new AtomicLong();
  private final InboxTrimmer trimmer;

  InboxTrimmerTest(Vertx vertx) {
    this.vertx = vertx;
    context = vertx.getOrCreateContext();
    pipeline = new CommandPipeline(
        context, PipelineLimits.DEFAULT, new RedisKeys("parley"), new RedisScript("", ""),
        new NoOwner());
    trimmer = new InboxTrimmer(vertx, pipeline, EPOCH, nanos::get);
  }

  private static final class NoOwner implements CommandPipeline.Owner {
    @Override
    public void connectionFailed(RedisLink link, Throwable cause) {
      throw new AssertionError(cause);
    }

    @Override
    public void worked(CallReport report) {}

    @Override
    public void nodeEpochIsOver(String why) {
      throw new AssertionError(why);
    }
  }

  @Test
  void givenSomethingJustRead_whenACallBegins_thenItDoesNotGoAlong(VertxTestContext test) {
    atLast(test, () -> {
      trimmer.read(new EntryId(7, 0), 1, 100);

      assertThat(trimmer.piggyback()).isNull();
    });
  }

  @Test
  void givenSomethingReadAWhileAgo_whenACallBegins_thenAllThatWasReadGoesAlongOnce(
      VertxTestContext test) {
    onLoop(test, () -> {
      trimmer.read(new EntryId(7, 0), 1, 100);
      nanos.addAndGet(A_WHILE.toNanos());
      trimmer.read(new EntryId(8, 0), 1, 50);

      PendingCommand<?> along = trimmer.piggyback();

      assertThat(along).isNotNull();
      assertThat(along.command()).isEqualTo(new TrimCommand(new EntryId(8, 0), 150));
      assertThat(along.epoch()).isEqualTo(EPOCH);
      assertThat(trimmer.piggyback()).isNull();
    });
    afterOtherTimers(test, () -> assertThat(pipeline.waiting()).isZero());
  }

  @Test
  void givenNoCall_whenTimeHasPassed_thenOneIsMadeForIt(VertxTestContext test) {
    onLoop(test, () -> trimmer.read(new EntryId(7, 0), 1, 100));

    afterOtherTimers(test, () -> assertThat(pipeline.waiting()).isOne());
  }

  @Test
  void givenMuchRead_whenMoreComes_thenItIsNotWaitedFor(VertxTestContext test) {
    atLast(test, () -> {
      trimmer.read(new EntryId(7, 0), 127, 100);
      assertThat(pipeline.waiting()).isZero();

      trimmer.read(new EntryId(8, 0), 1, 100);

      assertThat(pipeline.waiting()).isOne();
    });
  }

  @Test
  void givenAnEpochThatIsOver_whenTimeHasPassed_thenNothingIsDropped(VertxTestContext test) {
    onLoop(test, () -> {
      trimmer.read(new EntryId(7, 0), 1, 100);
      trimmer.stop();
    });

    afterOtherTimers(test, () -> assertThat(pipeline.waiting()).isZero());
  }

  /** A step of a test: runs of the loop are in their order. */
  private void onLoop(VertxTestContext test, Runnable step) {
    context.runOnContext(run -> test.verify(step::run));
  }

  /** The last step of a test. */
  private void atLast(VertxTestContext test, Runnable check) {
    onLoop(test, () -> {
      check.run();
      test.completeNow();
    });
  }

  /** As {@link #atLast}; timers fire in the order of their times: earlier ones have fired. */
  private void afterOtherTimers(VertxTestContext test, Runnable check) {
    onLoop(test, () -> vertx.setTimer(20, id -> atLast(test, check)));
  }
}
