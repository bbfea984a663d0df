package dev.parley.dialect;

import java.time.Duration;

/** The way to one client. Event loop of the connection only. */
public interface Connection {

  /**
   * Sends one text message. It is written at the end of this turn of the event loop, together with
   * whatever else has come for this client. After a close this does nothing. When there is no
   * memory for it, this throws, and the connection ends.
   *
   * <p>What is sent is never refused here: a client for which more than {@code limits.outbound}
   * waits, and that takes nothing of it for {@code limits.stall}, is closed with {@link
   * CloseReason#TOO_SLOW}; and so is one for which many times as much waits.
   *
   * @param message what to say
   * @param encoder how to say it; called before this returns
   */
  <T> void send(T message, TextEncoder<T> encoder);

  /**
   * Closes, after what was sent before. {@link Session#closed} follows. A second close does
   * nothing.
   */
  void close(CloseReason reason);

  /**
   * Closes as {@link #close(CloseReason)} does, but says more than the reason's own text.
   *
   * @param text what is wrong, at most {@link CloseWords#LONGEST_TEXT} bytes of UTF-8; never
   *     something that a client said
   */
  void close(CloseReason reason, String text);

  /**
   * Runs {@code task} on this event loop after {@code delay}, unless the connection is over by
   * then.
   */
  Timer after(Duration delay, Runnable task);

  /**
   * For how long nothing has been heard of the client: no frame of any kind, so no answer to a ping
   * either. Zero while the gateway itself does not read from it.
   */
  Duration silence();

  /**
   * Sends a WebSocket ping at the end of this turn; the answer of a client that is alive ends its
   * {@linkplain #silence silence}. After a close this does nothing. The core sends pings of its own,
   * see {@code limits.ping}; this is for a session that must know earlier.
   */
  void ping();

  /** A number that names this connection in logs of this node. */
  long id();

  /** A task that waits for its time. */
  @FunctionalInterface
  interface Timer {
    /** Forgets the task; nothing happens if it has run. */
    void cancel();
  }
}
