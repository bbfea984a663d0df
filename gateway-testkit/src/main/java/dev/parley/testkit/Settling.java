package dev.parley.testkit;

/**
 * How a {@link Stage} finds out that a server has dealt with everything that was sent to it: every
 * client asks for a sign, and then again. The first round ends when what the clients sent has been
 * read and passed on, the second when it has been received.
 */
public interface Settling {

  /** By WebSocket pings: for servers that deal with a message where they read it. */
  Settling BY_PINGS = new PingSettling();

  /** How many rounds it takes. */
  int rounds();

  /**
   * Asks for a sign.
   *
   * @return waits for it; neither fails because the connection is over
   */
  Runnable ask(WireClient client);

  /** Whether a message is such a sign, and no part of what the client sees. */
  boolean isSign(String message);
}
