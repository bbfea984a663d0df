package dev.parley.peerolator;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import java.time.Duration;

/**
 * Closes a connection over which no message has gone for too long. Pings do not count: whoever
 * answers them is alive, but may have been forgotten by its application. Event loop of the
 * connection only.
 */
final class PeerolatorIdleTimeout {

  private final Connection connection;
  private final long limit;
  private long usedAt = System.nanoTime();
  private Connection.Timer check;

  PeerolatorIdleTimeout(Connection connection, Duration limit) {
    this.connection = connection;
    this.limit = limit.toNanos();
    this.check = connection.after(limit, this::check);
  }

  /** A message went over the connection. */
  void used() {
    usedAt = System.nanoTime();
  }

  void cancel() {
    check.cancel();
  }

  /** Looks when the time would be up, and again when it may be: no timer for each message. */
  private void check() {
    long left = limit - (System.nanoTime() - usedAt);
    if (left <= 0) {
      connection.close(CloseReason.SILENT, "no message for too long");
    } else {
      check = connection.after(Duration.ofNanos(left), this::check);
    }
  }
}
