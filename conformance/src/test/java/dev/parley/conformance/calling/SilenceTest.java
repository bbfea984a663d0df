package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Differential;
import org.junit.jupiter.api.Test;

/** Requests about time-outs of silent connections. */
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
      Caller anna = Caller.on(stage, "anna").asks("remote_ping", "'time':3000").isAnswered();
      anna.gets("{'type':'ping'}");
      anna.vanishes();
    });
  }

  @Test
  void aServerPingsAgainAndAgain() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").asks("remote_ping", "'time':2000").isAnswered();
      anna.gets("{'type':'ping'}", "{'type':'ping'}");
      anna.vanishes();
    });
  }

  @Test
  void aTimeoutOnRequestIsNotMetByWhoGoesOnTalking() {
    servers.same(stage -> {
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      try (Offstage anna = Offstage.joins(stage, "anna");
          Offstage cora = Offstage.joins(stage, "cora")) {
        anna.asks("remote_timeout", "'time':6000");
        cora.asks("remote_timeout", "'time':6000");
        stage.awaits("the end of the one who says nothing", () -> {
          anna.asks("ping");
          return bert.actor().reads().stream().anyMatch(
              read -> read.contains("room_peer_rm") && read.contains(stage.resolve("<cora>")));
        });
        bert.asks("room_peer_to", "'room':'<r>','user':'<anna>','event':'e','data':{}")
            .isAnswered().getsNothingMore();
      }
    });
  }
}
