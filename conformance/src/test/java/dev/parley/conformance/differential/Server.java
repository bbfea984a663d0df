package dev.parley.conformance.differential;

import java.net.URI;
import java.util.List;

/** A running server, or several that are to look like one. */
public interface Server extends AutoCloseable {

  /** What failure messages call it. */
  String name();

  /** {@code http://host:port} of each. */
  List<URI> addresses();

  /** Waits until what each of them knows so far has got through to the others. */
  default void getThrough() {}

  @Override
  void close();
}
