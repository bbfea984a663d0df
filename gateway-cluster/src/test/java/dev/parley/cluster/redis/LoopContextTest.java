package dev.parley.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.PipelineLimits;
import dev.parley.cluster.registry.EpochCounter;
import dev.parley.cluster.script.RedisKeys;
import dev.parley.cluster.script.RedisScript;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LoopContextTest {

  @AutoClose("close") private final Vertx vertx = Vertx.vertx();
  private final LoopContext loop = new LoopContext(vertx);
  private final CompletableFuture<Boolean> current = new CompletableFuture<>();

  @Test
  void givenATask_whenItRunsOnTheLoop_thenTheLoopIsCurrent() {
    loop.run(() -> current.complete(loop.isCurrent()));

    assertThat(result()).isTrue();
  }

  @Test
  void givenATimerThatIsSetOnTheLoop_whenItFires_thenTheLoopIsCurrent() {
    loop.run(() -> loop.vertx().setTimer(1, id -> current.complete(loop.isCurrent())));

    assertThat(result()).isTrue();
  }

  @Test
  void givenALoopOfTheCaller_whenItsTaskGoesOn_thenTheLoopIsCurrent() {
    loop.run(() -> current.complete(new LoopContext(vertx).isCurrent()));

    assertThat(result()).isTrue();
  }

  @Test
  void givenAConfinedClass_whenAnotherThreadCallsIt_thenTheAssertionFails() {
    CommandPipeline pipeline =
        new CommandPipeline(
            loop, PipelineLimits.DEFAULT, new RedisKeys("parley"), new RedisScript("", ""),
            new EpochCounter());
    loop.run(() -> current.complete(loop.isCurrent()));

    assertThat(result()).isTrue();
    assertThat(loop.isCurrent()).isFalse();
    assertThatThrownBy(pipeline::pump).isInstanceOf(AssertionError.class);
  }

  private boolean result() {
    return current.orTimeout(60, TimeUnit.SECONDS).join();
  }
}
