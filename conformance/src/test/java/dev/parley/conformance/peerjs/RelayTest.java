package dev.parley.conformance.peerjs;

import static dev.parley.conformance.peerjs.PeerJsSteps.join;

import dev.parley.testkit.Actor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Messages between clients that are there. */
@ExtendWith(BothServers.class)
@Execution(ExecutionMode.CONCURRENT)
class RelayTest {

  private final Differential servers;

  RelayTest(Differential servers) {
    this.servers = servers;
  }

  @Test
  void offerAnswerAndCandidatesGoBothWays() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':{'sdp':'v=0','connectionId':'dc_1'}}");
      bert.gets(
          "{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':{'sdp':'v=0','connectionId':'dc_1'}}");
      bert.sends("{'type':'ANSWER','dst':'<anna>','payload':{'sdp':'v=1'}}");
      bert.sends("{'type':'CANDIDATE','dst':'<anna>','payload':{'candidate':''}}");
      anna.gets("{'type':'ANSWER','src':'<bert>','dst':'<anna>','payload':{'sdp':'v=1'}}",
          "{'type':'CANDIDATE','src':'<bert>','dst':'<anna>','payload':{'candidate':''}}");
    });
  }
}
