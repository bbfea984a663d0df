package dev.parley.bench.machine;

import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * How the programs of the bench wait. What does not happen in time is a result, or a line on the
 * console; so these are not the waits of tests, which fail.
 */
public final class Waits {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LOOK_AGAIN_MILLIS = 5;

  private Waits() {}

  /**
   * Polls until {@code done} holds, but no longer than so many milliseconds.
   *
   * @return whether it holds
   */
  public static boolean until(BooleanSupplier done, long millis) throws InterruptedException {
    long begin = System.nanoTime();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(millis)) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    }
    return true;
  }

  /**
   * Waits for the result of {@code future}.
   *
   * @throws IOException that names {@code what} was awaited, after a minute
   */
  public static <T> T join(String what, Future<T> future) throws IOException {
    try {
      return future.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new IOException("waited " + PATIENCE.toSeconds() + " s in vain for " + what, late);
    }
  }
}
