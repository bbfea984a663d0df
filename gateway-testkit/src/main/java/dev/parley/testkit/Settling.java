package dev.parley.testkit;

/**
 * How a {@link Stage} detects that a server has processed all messages: every client sends a probe,
 * and then another one. The first round ends when the messages of all clients have been read and
 * forwarded, the second when the forwarded ones have been received.
 */
public interface Settling {

  /** By WebSocket pings: for servers that process a message where they read it. */
  Settling BY_PINGS = new PingSettling();

  /** How many rounds it takes. */
  int rounds();

  /**
   * Sends a probe.
   *
   * @return waits for it; neither fails because the connection is over
   */
  Runnable ask(WireClient client);

  /** Whether a message is the answer to a probe, and not part of the transcript. */
  boolean isSign(String message);
}
