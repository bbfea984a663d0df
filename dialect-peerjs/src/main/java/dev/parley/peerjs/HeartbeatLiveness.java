package dev.parley.peerjs;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The rule of PeerServer: only a HEARTBEAT counts. PeerServer looks at its clients every 300 ms, so
 * a heartbeat may come that much too late there; here it always may, which spares a client whose
 * heartbeats are exactly {@code alive_timeout} apart.
 */
final class HeartbeatLiveness implements Liveness {

  private static final long TOLERANCE = Duration.ofMillis(300).toNanos();

  private final Connection connection;
  private final LongSupplier nanoTime;
  private final long limit;
  private long heardAt;
  private Connection.Timer timer;

  HeartbeatLiveness(Connection connection, Duration alive, LongSupplier nanoTime) {
    this.connection = connection;
    this.nanoTime = nanoTime;
    this.limit = alive.toNanos() + TOLERANCE;
    this.heardAt = nanoTime.getAsLong();
    this.timer = checkAfter(limit);
  }

  @Override
  public void heartbeat() {
    heardAt = nanoTime.getAsLong();
  }

  private void check() {
    long left = limit - (nanoTime.getAsLong() - heardAt);
    if (left <= 0) {
      connection.close(CloseReason.SILENT);
    } else {
      timer = checkAfter(left);
    }
  }

  private Connection.Timer checkAfter(long nanos) {
    return connection.after(Duration.ofNanos(nanos), this::check);
  }

  @Override
  public void end() {
    timer.cancel();
  }
}
