package dev.parley.switchboard;

import dev.parley.dialect.Connection;

/**
 * A participant's connection, with what the core needs beyond what a dialect may do. Event loop of
 * the connection only.
 */
public interface Link extends Connection {

  /** Whether what is sent still reaches the client: no close has begun. */
  boolean isOpen();

  /**
   * Whether a signal of another peer may be put behind what waits to be written. If not, it is
   * refused to its sender: so a client that reads slowly does not pay for what others send to it.
   */
  boolean hasRoom();

  /**
   * Whether the client has said goodbye: it has begun to close. A connection that ends otherwise was
   * lost, and its client may come back.
   */
  boolean saidGoodbye();

  /** What is done for this client fails for want of memory: it costs this connection. */
  void outOfMemory(OutOfMemoryError error);

  /** There is a session from now on: the connection has come in time. */
  void admitted();

  /** Stops reading from the client: something must be decided first, however long that takes. */
  void pauseReading();

  /** Reads on. */
  void resumeReading();

  /**
   * Counts work that a message of the client has caused beyond the bytes that it sent, such as
   * copies for the members of a room. It is taken from the client's rate of bytes, and delays the
   * next read of it; nothing is dropped and nothing closed.
   *
   * @param bytes what was written, stored or sent on for it, at least 0
   */
  void charge(long bytes);

  /**
   * Counts messages of the client that wait here, as they are: with what their arrays hold. May
   * call {@link Participant#dropWaiting} before it returns.
   *
   * @param bytes how many more; less than 0 for how many less
   */
  void holds(long bytes);
}
