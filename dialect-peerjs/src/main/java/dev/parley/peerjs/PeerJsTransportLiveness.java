package dev.parley.peerjs;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Any frame counts, so a client that answers pings is alive, however rarely its page runs. After
 * half of the time without a frame the client is pinged, so that it can answer before the time is
 * over. Frames cost nothing here: the connection records when the last one arrived.
 */
final class PeerJsTransportLiveness implements PeerJsLiveness {

  private final Connection connection;
  private final LongSupplier nanoTime;
  private final long limit;
  private boolean pinged;
  private long pingedAt;
  private Connection.Timer timer;

  PeerJsTransportLiveness(Connection connection, Duration limit, LongSupplier nanoTime) {
    this.connection = connection;
    this.nanoTime = nanoTime;
    this.limit = limit.toNanos();
    this.timer = checkAfter(untilPing());
  }

  @Override
  public void heartbeat() {
    // A frame like any other.
  }

  private void check() {
    long now = nanoTime.getAsLong();
    long silence = connection.silence().toNanos();
    if (pinged && now - silence - pingedAt > 0) {
      pinged = false;
    }
    if (silence < untilPing()) {
      timer = checkAfter(untilPing() - silence);
    } else if (!pinged) {
      pinged = true;
      pingedAt = now;
      connection.ping();
      timer = checkAfter(limit - untilPing());
    } else {
      // If the loop was blocked, the ping was sent late: its answer still has the same time.
      long left = Math.max(limit - silence, pingedAt + limit - untilPing() - now);
      if (left <= 0) {
        connection.close(CloseReason.SILENT);
      } else {
        timer = checkAfter(left);
      }
    }
  }

  private long untilPing() {
    return limit / 2;
  }

  private Connection.Timer checkAfter(long nanos) {
    return connection.after(Duration.ofNanos(nanos), this::check);
  }

  @Override
  public void end() {
    timer.cancel();
  }
}
