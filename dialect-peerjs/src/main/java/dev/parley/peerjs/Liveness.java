package dev.parley.peerjs;

import dev.parley.dialect.Connection;
import java.util.function.LongSupplier;

/**
 * Closes a client's connection when it has shown no sign of life for {@code alive_timeout}. Event
 * loop of the connection only.
 */
interface Liveness {

  /** Begins to watch a connection. */
  static Liveness watch(Connection connection, PeerJsOptions options, LongSupplier nanoTime) {
    return switch (options.liveness()) {
      case TRANSPORT -> new TransportLiveness(connection, options.alive(), nanoTime);
      case HEARTBEAT -> new HeartbeatLiveness(connection, options.alive(), nanoTime);
    };
  }

  /** A HEARTBEAT has come. */
  void heartbeat();

  /** The connection is over. */
  void end();
}
