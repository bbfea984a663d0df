package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Differential;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Requests about connections on which nothing is said. */
@SideBySide
class SilenceTest {

  private final Differential<ServerOptions> servers;

  SilenceTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  @Test
  void aPingIsAnswered() {
    servers.same(stage -> Caller.on(stage, "anna").asks("ping").isAnswered().getsNothingMore());
  }

  @Test
  void aServerPingsOnRequestWhenNothingWasSaid() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").asks("remote_ping", "'time':700").isAnswered();
      anna.gets("{'type':'ping'}");
      anna.vanishes();
    });
  }

  @Test
  void aServerPingsAgainAndAgain() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").asks("remote_ping", "'time':400").isAnswered();
      anna.gets("{'type':'ping'}", "{'type':'ping'}");
      anna.vanishes();
    });
  }

  @Test
  void aTimeoutOnRequestIsNotMetByWhoGoesOnTalking() {
    servers.same(stage -> {
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      Caller anna = Caller.on(stage, "anna").joins("<r>")
          .asks("remote_timeout", "'time':3000").isAnswered();
      for (int i = 0; i < 8; i++) {
        LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        anna.asks("ping").isAnswered();
      }
      anna.asks("room_leave", "'room':'<r>'").isAnswered();
      bert.gets("{'type':'room_peer_rm','room':'<r>','user':'<anna>'}").getsNothingMore();
    });
  }
}
