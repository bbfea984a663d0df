package dev.parley.conformance.browser;

import org.junit.jupiter.api.Nested;

/** The original server: shows that the tests ask for nothing but what clients are used to. */
class NpmPeerBrowserTest {

  @Nested
  class Library extends PeerJsInBrowserContract {
    Library() {
      super(NpmPeerServer::start);
    }
  }
}
