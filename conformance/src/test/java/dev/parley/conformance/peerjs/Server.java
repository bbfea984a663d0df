package dev.parley.conformance.peerjs;

import java.net.URI;

/** A running server. */
interface Server extends AutoCloseable {

  /** {@code http://host:port}. */
  URI address();

  @Override
  void close();
}
