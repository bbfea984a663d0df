package dev.parley.peerjs;

import dev.parley.dialect.Connection;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Closes a client's connection when it has shown no sign of life for {@code alive_timeout}. A sign
 * may come a bit late: PeerServer looks at its clients every 300 ms, and a client whose heartbeats
 * are exactly {@code alive_timeout} apart lives on there. Event loop of the connection only.
 */
interface PeerJsLiveness {

  /** How late a sign of life may come. */
  Duration TOLERANCE = Duration.ofMillis(300);

  /** Begins to watch a connection. */
  static PeerJsLiveness watch(Connection connection, PeerJsOptions options, LongSupplier nanoTime) {
    Duration limit = options.alive().plus(TOLERANCE);
    return switch (options.liveness()) {
      case TRANSPORT -> new PeerJsTransportLiveness(connection, limit, nanoTime);
      case HEARTBEAT -> new PeerJsHeartbeatLiveness(connection, limit, nanoTime);
    };
  }

  /** A HEARTBEAT has come. */
  void heartbeat();

  /** The connection is over. */
  void end();
}
