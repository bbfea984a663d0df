package dev.parley.peerjs;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The rule of PeerServer: only a HEARTBEAT counts. */
final class PeerJsHeartbeatLiveness implements PeerJsLiveness {

  private final Connection connection;
  private final LongSupplier nanoTime;
  private final long limit;
  private long heardAt;
  private Connection.Timer timer;

  PeerJsHeartbeatLiveness(Connection connection, Duration limit, LongSupplier nanoTime) {
    this.connection = connection;
    this.nanoTime = nanoTime;
    this.limit = limit.toNanos();
    this.heardAt = nanoTime.getAsLong();
    this.timer = checkAfter(this.limit);
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
