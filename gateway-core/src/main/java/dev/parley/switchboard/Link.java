package dev.parley.switchboard;

import dev.parley.dialect.Connection;

/**
 * A session host's connection, with operations for the core beyond those for dialects. Confined to
 * the event loop of the connection.
 */
public interface Link extends Connection {

  /** Whether output still reaches the client: no close has begun. */
  boolean isOpen();

  /**
   * Whether a signal of another peer may join the output queue. If not, it is refused to its
   * sender, so that a slow consumer does not pay for what others send to it.
   */
  boolean hasRoom();

  /**
   * Whether the client has begun to close. A connection that ends otherwise was lost, and its
   * client may reconnect.
   */
  boolean saidGoodbye();

  /** Work for this client failed for lack of memory: closes this connection only. */
  void outOfMemory(OutOfMemoryError error);

  /** The connection is admitted: stops the time-out of the handshake. */
  void admitted();

  /** Pauses reading from the client until a decision has been made, however long that takes. */
  void pauseReading();

  /** Resumes reading. */
  void resumeReading();

  /**
   * Charges the client for work that its message has caused beyond its own bytes, such as copies
   * for the members of a room. The charge counts against the client's byte rate and delays its next
   * read. Nothing is dropped, and nothing closed.
   *
   * @param bytes what was written, stored, or forwarded for it, at least 0
   */
  void charge(long bytes);

  /**
   * Accounts for the client's queued messages, including the arrays they retain. May call {@link
   * SessionHost#dropWaiting} before it returns.
   *
   * @param bytes the increase; negative for a decrease
   */
  void holds(long bytes);
}
