package dev.parley.testkit;

/** The server answered a WebSocket handshake with something else than 101. */
public final class UpgradeRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;

  UpgradeRefusedException(int status) {
    super("the handshake was answered with " + status);
    this.status = status;
  }

  /** The status of the answer. */
  public int status() {
    return status;
  }
}
