package dev.parley.linkup.legacy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads bring about. */
final class LinkupLegacyWaiting {

  private static final int PATIENCE_SECONDS = 60;

  private LinkupLegacyWaiting() {}

  /** Returns when {@code condition} holds; throws if it does not in time. */
  static void until(BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        throw new AssertionError("it takes longer than " + PATIENCE_SECONDS + " s");
      }
      LockSupport.parkNanos(200_000);
    }
  }
}
