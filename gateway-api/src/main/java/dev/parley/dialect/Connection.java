package dev.parley.dialect;

import java.time.Duration;

/** The connection to one client. Confined to its event loop. */
public interface Connection {

  /**
   * Sends one text message. It is written at the end of this flush cycle, together with other
   * output for this client. After a close this does nothing. When it runs out of memory, this
   * throws, and the connection ends.
   *
   * <p>Output is never refused here. A slow consumer is closed with {@link CloseReason#TOO_SLOW}:
   * one that has more than {@code limits.outbound} queued and reads nothing of it for {@code
   * limits.stall}, or one that has many times as much queued.
   *
   * @param message the message
   * @param encoder writes it; called before this returns
   */
  <T> void send(T message, TextEncoder<T> encoder);

  /**
   * Closes, after everything sent before. {@link Session#closed} follows. A second close does
   * nothing.
   */
  void close(CloseReason reason);

  /**
   * Closes as {@link #close(CloseReason)} does, with another text than the reason's own.
   *
   * @param text what is wrong, at most {@link CloseWords#MAX_TEXT} bytes of UTF-8; never client
   *     input
   */
  void close(CloseReason reason, String text);

  /**
   * Runs {@code task} on this event loop after {@code delay}, unless the connection has ended by
   * then.
   */
  Timer after(Duration delay, Runnable task);

  /**
   * The time since the last frame of the client, of any kind, so including the answer to a ping.
   * Zero while the gateway itself has paused reading.
   */
  Duration silence();

  /**
   * Sends a WebSocket ping at the end of this flush cycle; the pong of a live client ends its
   * {@linkplain #silence silence}. After a close this does nothing. The core sends pings of its
   * own, see {@code limits.ping}; this is for a session that must detect a dead client earlier.
   */
  void ping();

  /** Identifies this connection in logs of this node. */
  long id();

  /** A scheduled task. */
  @FunctionalInterface
  interface Timer {
    /** Cancels the task; without effect once it has run. */
    void cancel();
  }
}
