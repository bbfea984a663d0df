package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Differential;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Clients of which nothing is heard any more. */
@SideBySide
class LivenessTest {

  private final Differential<ServerOptions> servers;

  LivenessTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  @Test
  void whoAnswersNoPingIsGone() {
    servers.same(ServerOptions.IMPATIENT, stage -> {
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      try (Offstage anna = Offstage.of(stage)) {
        stage.names("anna", anna.id());
        anna.asks("room_join", stage.resolve("'room':'<r>'"));
        anna.falls();
        bert.gets("{'type':'room_peer_add','room':'<r>','user':'<anna>','pending':false,"
            + "'status':{}}", "{'type':'room_peer_rm','room':'<r>','user':'<anna>'}")
            .getsNothingMore();
      }
    });
  }

  @Test
  void whoAnswersPingsNeedNotSayMore() {
    servers.same(ServerOptions.IMPATIENT, stage -> {
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      try (Offstage anna = Offstage.of(stage)) {
        stage.names("anna", anna.id());
        anna.asks("room_join", stage.resolve("'room':'<r>'"));
        stage.passes();
        LockSupport.parkNanos(ServerOptions.IMPATIENT.silence().multipliedBy(3).toNanos());
        bert.asks("room_peer_to", "'room':'<r>','user':'<anna>','event':'e','data':{}")
            .isAnswered().getsNothingMore();
      }
    });
  }
}
