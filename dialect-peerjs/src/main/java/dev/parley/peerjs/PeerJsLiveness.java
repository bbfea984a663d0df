package dev.parley.peerjs;

import dev.parley.dialect.Connection;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Closes a connection without a sign of life for {@code alive_timeout} and a tolerance: PeerServer
 * checks its clients every 300 ms, so a client whose heartbeats are exactly {@code alive_timeout}
 * apart is not closed there. Event loop of the connection only.
 */
interface PeerJsLiveness {

  /** How late a sign of life may arrive. */
  Duration TOLERANCE = Duration.ofMillis(300);

  /** Starts to watch a connection. */
  static PeerJsLiveness watch(Connection connection, PeerJsOptions options, LongSupplier nanoTime) {
    Duration limit = options.alive().plus(TOLERANCE);
    return switch (options.liveness()) {
      case TRANSPORT -> new PeerJsTransportLiveness(connection, limit, nanoTime);
      case HEARTBEAT -> new PeerJsHeartbeatLiveness(connection, limit, nanoTime);
    };
  }

  /** Notes a HEARTBEAT. */
  void heartbeat();

  /** Stops; the connection is over. */
  void end();
}
