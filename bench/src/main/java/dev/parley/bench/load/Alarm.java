package dev.parley.bench.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets a thread sleep until a deadline or a failure. */
final class Alarm {

  private final CompletableFuture<Void> failure = new CompletableFuture<>();

  /** Something has failed; the first failure counts. Any thread. */
  void raise(LoadException why) {
    failure.completeExceptionally(why);
  }

  /**
   * Waits for a while.
   *
   * @throws LoadException if something has failed
   */
  void sleep(Duration time) throws InterruptedException {
    var unused = get(failure, time);
  }

  /**
   * Waits for something to be done.
   *
   * @return false if it is not done in time
   * @throws LoadException if something has failed
   */
  boolean await(CompletableFuture<?> done, Duration time) throws InterruptedException {
    return get(CompletableFuture.anyOf(failure, done), time);
  }

  private static boolean get(Future<?> future, Duration time) throws InterruptedException {
    try {
      future.get(time.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof LoadException why
          ? new LoadException(String.valueOf(why.getMessage()), why)
          : new LoadException("the generator failed", failed);
    }
  }
}
