package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Differential;
import org.junit.jupiter.api.Test;

/** Silent clients. */
@SideBySide
class LivenessTest {

  private final Differential<ServerOptions> servers;

  LivenessTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  /** The client that answers has been silent for longer when the other one is gone. */
  @Test
  void whoAnswersNoPingIsGone_andWhoAnswersPingsNeedNotSayMore() {
    servers.same(ServerOptions.IMPATIENT, stage -> {
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      try (Offstage anna = Offstage.joins(stage, "anna");
          Offstage cora = Offstage.joins(stage, "cora").falls()) {
        bert.gets("{'type':'room_peer_add','room':'<r>','user':'<anna>','pending':false,"
            + "'status':{}}",
            "{'type':'room_peer_add','room':'<r>','user':'<cora>',"
                + "'pending':false,'status':{}}",
            "{'type':'room_peer_rm','room':'<r>','user':'<cora>'}");
        bert.asks("room_peer_to", "'room':'<r>','user':'<anna>','event':'e','data':{}")
            .isAnswered().getsNothingMore();
      }
    });
  }
}
