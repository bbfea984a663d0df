package dev.parley.conformance.browser;

import org.junit.jupiter.api.Nested;

/** Parley, in the place of a PeerServer. */
class ParleyBrowserTest {

  @Nested
  class Library extends PeerJsInBrowserContract {
    Library() {
      super(ParleyServer::start);
    }
  }

  @Nested
  class Example extends ExamplePageContract {
    Example() {
      super(ParleyServer::start);
    }
  }
}
