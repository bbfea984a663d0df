package dev.parley.cluster.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.PendingCommand;
import dev.parley.cluster.pipeline.PipelineLimits;
import dev.parley.cluster.redis.LoopContext;
import dev.parley.cluster.registry.EpochCounter;
import dev.parley.cluster.script.EntryId;
import dev.parley.cluster.script.RedisKeys;
import dev.parley.cluster.script.RedisScript;
import dev.parley.cluster.script.TrimCommand;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Tests block the event loop on purpose, so that no timer fires in between. */
class InboxTrimmerTest {

  private static final int EPOCH = 3;
  private static final Duration A_WHILE = Duration.ofMillis(6);

  @AutoClose("close") private final Vertx vertx = Vertx.vertx();
  private final LoopContext loop = new LoopContext(vertx);
  private final CommandPipeline pipeline =
      new CommandPipeline(
          loop, PipelineLimits.DEFAULT, new RedisKeys("parley"), new RedisScript("", ""),
          new EpochCounter());
  private final AtomicLong nanos = new AtomicLong();
  private final InboxTrimmer trimmer =
      new InboxTrimmer(pipeline, EPOCH, nanos::get);

  @Test
  void givenSomethingJustRead_whenACallBegins_thenItIsNotPiggybacked() {
    onLoop(
        () -> {
          trimmer.read(new EntryId(7, 0), 1, 100);

          assertThat(trimmer.piggyback()).isNull();
        });
  }

  @Test
  void givenSomethingReadAWhileAgo_whenACallBegins_thenAllThatWasReadIsPiggybackedOnce() {
    onLoop(
        () -> {
          trimmer.read(new EntryId(7, 0), 1, 100);
          nanos.addAndGet(A_WHILE.toNanos());
          trimmer.read(new EntryId(8, 0), 1, 50);

          PendingCommand<?> along = trimmer.piggyback();

          assertThat(along).isNotNull();
          assertThat(along.command()).isEqualTo(new TrimCommand(new EntryId(8, 0), 150));
          assertThat(along.epoch()).isEqualTo(EPOCH);
          assertThat(trimmer.piggyback()).isNull();
        });
    afterOtherTimers(() -> assertThat(pipeline.waiting()).isZero());
  }

  @Test
  void givenNoCall_whenTimeHasPassed_thenATrimCommandIsSubmitted() {
    onLoop(() -> trimmer.read(new EntryId(7, 0), 1, 100));

    afterOtherTimers(() -> assertThat(pipeline.waiting()).isOne());
  }

  @Test
  void givenMuchRead_whenMoreComes_thenTheTrimIsNotDelayed() {
    onLoop(
        () -> {
          trimmer.read(new EntryId(7, 0), 127, 100);
          assertThat(pipeline.waiting()).isZero();

          trimmer.read(new EntryId(8, 0), 1, 100);

          assertThat(pipeline.waiting()).isOne();
        });
  }

  @Test
  void givenAnEpochThatIsOver_whenTimeHasPassed_thenNothingIsDropped() {
    onLoop(
        () -> {
          trimmer.read(new EntryId(7, 0), 1, 100);
          trimmer.stop();
        });

    afterOtherTimers(() -> assertThat(pipeline.waiting()).isZero());
  }

  /** Timers fire in the order of their times: earlier ones have fired. */
  private void afterOtherTimers(Runnable check) {
    Promise<Void> over = Promise.promise();
    onLoop(() -> vertx.setTimer(20, id -> over.complete()));
    result(over);
    onLoop(check);
  }

  private void onLoop(Runnable task) {
    Promise<Void> done = Promise.promise();
    loop.run(
        () -> {
          try {
            task.run();
            done.complete();
          } catch (Throwable failed) {
            done.fail(failed);
          }
        });
    result(done);
  }

  private static void result(Promise<Void> promise) {
    promise.future().toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS)
        .join();
  }
}
