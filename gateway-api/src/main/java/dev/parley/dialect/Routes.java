package dev.parley.dialect;

/**
 * Takes what a dialect serves at one mount. All paths are relative to the mount and begin with
 * {@code /}.
 */
public interface Routes {

  /**
   * WebSocket connections at {@code path}.
   *
   * @param path matched exactly; a segment in braces, as in {@code /client/{serverId}}, matches any
   *     one segment, see {@link Handshake#path}
   * @param greeter meets every connection that was opened there
   */
  void webSocket(String path, Greeter greeter);

  /** Plain HTTP requests below the mount, all of them; one handler per mount. */
  void http(HttpHandler handler);
}
