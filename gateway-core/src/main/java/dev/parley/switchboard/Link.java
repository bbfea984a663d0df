package dev.parley.switchboard;

import dev.parley.dialect.Connection;

/**
 * A participant's connection, with what the core needs beyond what a dialect may do. Event loop of
 * the connection only.
 */
public interface Link extends Connection {

  /** Whether what is sent still reaches the client: no close has begun. */
  boolean isOpen();

  /** Stops reading from the client: something must be decided first. */
  void pauseReading();

  /** Reads on. */
  void resumeReading();
}
