package dev.parley.dialect;

/**
 * Registers the paths that a dialect serves at one mount. All paths are relative to the mount and
 * begin with {@code /}.
 */
public interface Routes {

  /**
   * WebSocket connections at {@code path}.
   *
   * @param path matched exactly; a placeholder, as in {@code /client/{serverId}}, matches any one
   *     segment, see {@link Handshake#path}
   * @param greeter handles every connection opened there
   */
  void webSocket(String path, HandshakeHandler greeter);

  /** Plain HTTP requests below the mount, all of them; one handler per mount. */
  void http(HttpHandler handler);
}
