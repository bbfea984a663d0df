package dev.parley.testkit.waits;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How tests wait: for conditions, by polling, for latches, and for futures. Each wait ends after
 * {@link #PATIENCE} with an {@link AssertionError} that names what was awaited. Not on event loops,
 * unless a test blocks one on purpose.
 */
public final class Waits {

  /** Longer than anything takes on a busy machine; only a test that fails waits as long. */
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(2);
  private static final Duration LOOK_FOR_PROGRESS = Duration.ofMillis(20);

  private Waits() {}

  /** Polls until {@code condition} holds. */
  public static void until(String what, BooleanSupplier condition) {
    until(() -> what, condition);
  }

  /**
   * Polls until {@code condition} holds.
   *
   * @param what names what was awaited, and the state in which it is missing
   */
  public static void until(Supplier<String> what, BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw inVain(what.get());
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  /**
   * Polls until {@code condition} holds, for as long as there is progress, however slow.
   *
   * @param state names what was awaited, and changes with each progress
   */
  public static void untilStandstill(Supplier<String> state, BooleanSupplier condition) {
    String seen = state.get();
    long since = System.nanoTime();
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(LOOK_FOR_PROGRESS.toNanos());
      String now = state.get();
      if (!now.equals(seen)) {
        seen = now;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
        throw inVain(now);
      }
    }
  }

  /** Waits until {@code latch} is open. */
  public static void await(String what, CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        throw inVain(what);
      }
    } catch (InterruptedException interrupted) {
      throw interrupted(what, interrupted);
    }
  }

  /**
   * Waits for the result of {@code future}.
   *
   * @throws CompletionException with its failure, if it has failed
   */
  public static <T> T join(String what, Future<T> future) {
    return join(what, future.toCompletionStage());
  }

  /** As {@link #join(String, Future)}. */
  public static <T> T join(String what, CompletionStage<T> future) {
    try {
      return future.toCompletableFuture().get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      throw new CompletionException(what + " failed: " + failed.getCause(), failed.getCause());
    } catch (TimeoutException late) {
      throw inVain(what);
    } catch (InterruptedException interrupted) {
      throw interrupted(what, interrupted);
    }
  }

  private static AssertionError inVain(String what) {
    return new AssertionError("waited " + PATIENCE.toSeconds() + " s in vain for " + what);
  }

  private static AssertionError interrupted(String what, InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted while waiting for " + what, interrupted);
  }
}
