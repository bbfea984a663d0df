package dev.parley.conformance.differential;

import java.net.URI;

/** A running server. */
public interface Server extends AutoCloseable {

  /** What failure messages call it. */
  String name();

  /** {@code http://host:port}. */
  URI address();

  @Override
  void close();
}
