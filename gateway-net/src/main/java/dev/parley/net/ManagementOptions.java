package dev.parley.net;

/**
 * The port for health and metrics, separate from the clients' ports.
 *
 * @param host address or name to bind; loopback by default, as nothing there is protected
 * @param port 0 to 65535; 0 lets the system choose one
 */
public record ManagementOptions(String host, int port) {
  /** Loopback, port 9001. */
  public static final ManagementOptions DEFAULT = new ManagementOptions("127.0.0.1", 9001);

  /** Rejects an empty host and a port out of range. */
  public ManagementOptions {
    BindAddress.check(host, port);
  }
}
