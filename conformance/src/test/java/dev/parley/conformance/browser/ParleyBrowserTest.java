package dev.parley.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Parley in the place of a PeerServer, and its improvements for existing clients. */
class ParleyBrowserTest {

  @Nested
  class Library extends PeerJsInBrowserContract {
    Library() {
      super(ParleyServer::startHere);
    }

    /** The original never answers here, so that the library would wait for ever. */
    @Test
    void givenAnOldConnectionThatTheServerStillBelievesIn_whenReconnecting_thenTheSameIdIsBack(
        Windows windows) {
      InetSocketAddress server = servers.start();
      CuttableProxy line = servers.line(server);
      PeerJsClient alice = windows.client("alice", line.address()).open("alice");
      PeerJsClient bob = windows.client("bob", server).open("bob");

      line.loseClient();
      alice.awaitDisconnected();
      alice.reconnect();

      alice.awaitOpened(2);
      assertThat(alice.id()).isEqualTo("alice");
      assertTheyTalk(bob, alice);
    }
  }

  /** The process that a newcomer starts. */
  @Nested
  class Example extends ExamplePageContract {
    Example() {
      super(ParleyServer::startProcess);
    }
  }
}
