package dev.parley.calling;

import dev.parley.dialect.Connection;
import java.time.Duration;

/**
 * Does something whenever nothing was heard for a while, again and again. Event loop of the
 * connection only.
 */
final class CallingIdleTimer {

  private final Connection connection;
  private final Duration time;
  private final Runnable broken;
  private long since = System.nanoTime();
  private Connection.Timer timer;

  CallingIdleTimer(Connection connection, Duration time, Runnable broken) {
    this.connection = connection;
    this.time = time;
    this.broken = broken;
    this.timer = connection.after(time, this::check);
  }

  /** Something was heard: the time begins anew. */
  void interrupt() {
    since = System.nanoTime();
  }

  void cancel() {
    timer.cancel();
  }

  /** One timer runs its time however often it is interrupted. */
  private void check() {
    Duration left = time.minusNanos(System.nanoTime() - since);
    if (left.isPositive()) {
      timer = connection.after(left, this::check);
    } else {
      interrupt();
      timer = connection.after(time, this::check);
      broken.run();
    }
  }
}
