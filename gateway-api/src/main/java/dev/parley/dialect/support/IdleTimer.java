package dev.parley.dialect.support;

import dev.parley.dialect.Connection;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Runs a task each time a limit passes without activity. Activity costs one read of the clock: the
 * timer of the connection is not rearmed but runs out, and is then set for what is left of the
 * limit. Event loop of the connection only.
 */
public final class IdleTimer {

  private final Connection connection;
  private final long limit;
  private final Runnable onIdle;
  private final LongSupplier nanoTime;
  private long activeAt;
  private Connection.Timer timer;

  /** Starts now, with the clock of the JVM. */
  public IdleTimer(Connection connection, Duration limit, Runnable onIdle) {
    this(connection, limit, onIdle, System::nanoTime);
  }

  /**
   * Starts now.
   *
   * @param limit longer than zero
   * @param onIdle runs after each {@code limit} without activity; may {@link #cancel} or close the
   *     connection
   * @param nanoTime the clock, in nanoseconds
   */
  public IdleTimer(
      Connection connection, Duration limit, Runnable onIdle, LongSupplier nanoTime) {
    this.connection = connection;
    this.limit = limit.toNanos();
    this.onIdle = onIdle;
    this.nanoTime = nanoTime;
    this.activeAt = nanoTime.getAsLong();
    this.timer = checkAfter(this.limit);
  }

  /** Restarts the limit. */
  public void touch() {
    activeAt = nanoTime.getAsLong();
  }

  /** Stops for good. */
  public void cancel() {
    timer.cancel();
  }

  private void check() {
    long left = limit - (nanoTime.getAsLong() - activeAt);
    if (left > 0) {
      timer = checkAfter(left);
    } else {
      touch();
      timer = checkAfter(limit);
      onIdle.run();
    }
  }

  private Connection.Timer checkAfter(long nanos) {
    return connection.after(Duration.ofNanos(nanos), this::check);
  }
}
