package dev.parley.conformance.differential;

import java.net.URI;
import java.util.List;

/** A running server, or several that behave as one. */
public interface Server extends AutoCloseable {

  /** Its name in failure messages. */
  String name();

  /** {@code http://host:port} of each. */
  List<URI> addresses();

  /** Waits until they have propagated their state to each other. */
  default void getThrough() {}

  @Override
  void close();
}
