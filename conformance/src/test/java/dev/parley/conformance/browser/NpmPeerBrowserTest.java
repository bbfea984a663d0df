package dev.parley.conformance.browser;

import org.junit.jupiter.api.Nested;

/** The original server: shows that the tests expect only known behaviour. */
class NpmPeerBrowserTest {

  @Nested
  class Library extends PeerJsInBrowserContract {
    Library() {
      super(NpmPeerServer::start);
    }
  }
}
