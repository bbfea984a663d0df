package dev.parley.conformance.peerjs;

import static dev.parley.conformance.peerjs.PeerJsSteps.join;
import static dev.parley.conformance.peerjs.PeerJsSteps.joinAs;
import static dev.parley.conformance.peerjs.PeerJsSteps.untilGone;

import dev.parley.conformance.differential.Differential;
import dev.parley.testkit.Actor;
import dev.parley.testkit.Frame;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** Silent clients. By the rule of the original only heartbeats keep a client alive. */
@SideBySide
class LivenessTest {

  private final Differential<ServerOptions> servers;

  LivenessTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  @Test
  void aSilentClientIsClosedAndItsIdFree() {
    servers.same(ServerOptions.MORTAL, stage -> {
      join(stage, "anna").isClosed(Frame.WITHOUT_CODE);
      untilGone(stage, "<anna>");
      joinAs(stage, "heir", "<anna>", "another").getsNothingMore();
    });
  }

  @Test
  void heartbeatsKeepAClientAliveAndNothingElseDoes() {
    servers.same(ServerOptions.MORTAL, stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      stage.awaits("bert is given up", () -> {
        anna.sends("{'type':'HEARTBEAT'}").settles();
        return bert.client().isOver() || isOverWhileItTalks(bert);
      });
      bert.isClosed(Frame.WITHOUT_CODE);
      anna.getsNothingMore().isStillConnected();
    });
  }

  /** Other traffic than heartbeats, in the middle of which the server may close. */
  private static boolean isOverWhileItTalks(Actor actor) {
    try {
      actor.sends("{'type':'NONSENSE'}").settles();
      return actor.client().isOver();
    } catch (UncheckedIOException closedMeanwhile) {
      return true;
    }
  }

  @Test
  void theOthersAreNotTold() {
    servers.same(ServerOptions.MORTAL, stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.sends("{'type':'OFFER','dst':'<bert>'}");
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>'}");
      stage.awaits("bert is given up", () -> {
        anna.sends("{'type':'HEARTBEAT'}").settles();
        return bert.client().isOver();
      });
      untilGone(stage, "<bert>");
      anna.sends("{'type':'CANDIDATE','dst':'<bert>','payload':2}");
      anna.getsNothingMore();
      joinAs(stage, "heir", "<bert>", "another")
          .gets("{'type':'CANDIDATE','src':'<anna>','dst':'<bert>','payload':2}");
    });
  }

  /** Nor does a client of a page that is hidden, for most of the time. */
  @Test
  void aClientThatAnswersPingsIsAliveByOurRule() {
    ServerOptions ours = ServerOptions.MORTAL.liveness("transport");
    servers.onParley(ours, stage -> {
      Actor quiet = join(stage, "quiet");
      Actor dead = join(stage, "dead");
      dead.client().ignorePings();
      dead.isClosed(Frame.WITHOUT_CODE);
      quiet.getsNothingMore().isStillConnected();
    });
    servers.onOriginal(ServerOptions.MORTAL,
        stage -> join(stage, "quiet").isClosed(Frame.WITHOUT_CODE));
  }
}
