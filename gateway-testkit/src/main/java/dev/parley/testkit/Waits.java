package dev.parley.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Polls for conditions that have no notification. */
public final class Waits {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  private Waits() {}

  /**
   * Polls until {@code condition} holds.
   *
   * @throws IllegalStateException that names {@code what} was awaited, after a minute
   */
  public static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }
}
