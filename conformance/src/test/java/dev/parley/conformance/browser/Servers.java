package dev.parley.conformance.browser;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts servers of one make for a test, and lines to them; stops them all after it. */
final class Servers implements AfterEachCallback {
  private final PeerServer.Factory factory;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  Servers(PeerServer.Factory factory) {
    this.factory = factory;
  }

  InetSocketAddress start() {
    return start(PeerServerOptions.defaults());
  }

  InetSocketAddress start(PeerServerOptions options) {
    PeerServer server = factory.start(options);
    opened.push(server);
    return server.address();
  }

  /** A line to a server that can be cut. */
  CuttableProxy line(InetSocketAddress server) {
    CuttableProxy line = CuttableProxy.to(server);
    opened.push(line);
    return line;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    closeAll();
  }

  private void closeAll() throws Exception {
    if (!opened.isEmpty()) {
      // The rest is closed too if this fails.
      try (AutoCloseable last = opened.pop()) {
        closeAll();
      }
    }
  }
}
