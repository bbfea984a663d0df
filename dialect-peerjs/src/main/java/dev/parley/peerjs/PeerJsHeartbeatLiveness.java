package dev.parley.peerjs;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.support.IdleTimer;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The rule of PeerServer: only a HEARTBEAT counts. */
final class PeerJsHeartbeatLiveness implements PeerJsLiveness {

  private final IdleTimer timer;

  PeerJsHeartbeatLiveness(Connection connection, Duration limit, LongSupplier nanoTime) {
    this.timer =
        new IdleTimer(connection, limit, () -> connection.close(CloseReason.SILENT), nanoTime);
  }

  @Override
  public void heartbeat() {
    timer.touch();
  }

  @Override
  public void end() {
    timer.cancel();
  }
}
