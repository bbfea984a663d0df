package dev.parley.conformance.browser;

import java.net.InetSocketAddress;

/** A running PeerServer of any implementation. The browser tests need its address, and close it. */
interface PeerServer extends AutoCloseable {

  /** Where it listens, on loopback, without TLS. */
  InetSocketAddress address();

  /** Stops it and frees its port. */
  @Override
  void close();

  /** Starts servers of one make. */
  @FunctionalInterface
  interface Factory {
    /** Returns when the server accepts connections; throws if it does not come up. */
    PeerServer start(PeerServerOptions options);
  }
}
