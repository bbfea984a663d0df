package dev.parley.peerolator;

import static dev.parley.peerolator.PeerolatorStage.gone;

import dev.parley.hub.Hub;
import dev.parley.hub.MailboxLimits;
import dev.parley.hub.local.LocalHub;
import dev.parley.metrics.SignalMetrics;
import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Stage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server on one node and clients on another, which share nothing but the hub. */
@ExtendWith(VertxExtension.class)
class PeerolatorTwoNodesTest {

  private final Hub hub;
  private final GatewayFixture one;
  private final GatewayFixture two;
  private Stage here;
  private Stage there;

  PeerolatorTwoNodesTest(Vertx vertx) {
    hub =
        new LocalHub(vertx, MailboxLimits.DEFAULT, new SignalMetrics(new SimpleMeterRegistry()));
    one = node(Map.of("serverInfo", "one"));
    two = node(Map.of("serverInfo", "two"));
  }

  private GatewayFixture node(Map<String, Object> options) {
    return GatewayFixture.gateway().dialect("peerolator", "/", options).hub((its, own) -> hub)
        .start();
  }

  @BeforeEach
  void set() {
    here = new Stage(one.httpUri(""), "here");
    there = new Stage(two.httpUri(""), "there");
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
    one.close();
    two.close();
  }

  /** The step that follows speaks of an actor of the other stage by its id. */
  private String idOfSara() {
    return here.resolve("<sara>");
  }

  private Actor sara() {
    return here.actor("sara").connects("/server")
        .gets("{'from':'0','to':'<?sara>','type':'HELLO','message':{'id':'<?sara>',"
            + "'serverInfo':'one'}}");
  }

  private Actor carl() {
    return there.actor("carl").connects("/client/" + idOfSara())
        .gets("{'from':'0','to':'<?carl>','type':'HELLO','message':{'id':'<?carl>',"
            + "'serverInfo':'one'}}");
  }

  @Test
  void aClientFindsItsServerSpeaksWithItAndIsToldOfItsEnd() {
    Actor sara = sara();
    Actor carl = carl();
    String carlsId = there.resolve("<carl>");
    sara.gets("{'from':'0','to':'<sara>','type':'PEER_JOINED','message':{'id':'" + carlsId
        + "'}}");
    carl.sends("{'to':'" + idOfSara() + "','type':'chat','message':1}");
    sara.gets("{'from':'" + carlsId + "','to':'<sara>','type':'chat','message':1}");
    sara.sends("{'to':'" + carlsId + "','type':'chat','message':2}");
    carl.gets("{'from':'" + idOfSara() + "','to':'<carl>','type':'chat','message':2}");
    sara.leaves();
    carl.gets(gone("carl", "sara").replace("<sara>", idOfSara())).isStillConnected();
  }

  @Test
  void aServerIsToldOfTheEndOfAClient() {
    Actor sara = sara();
    carl().vanishes();
    sara.gets(1).gets(gone("sara", "carl").replace("<carl>", there.resolve("<carl>")));
  }

  @Test
  void aClientIsNoServerForAnother() {
    sara();
    Actor carl = carl();
    here.actor("cleo").connects("/client/" + there.resolve("<carl>"))
        .isClosed(1008, "there is no server with this id").getsNothingMore();
    carl.getsNothingMore();
  }

  @Test
  void aClientOfNobodyIsClosed() {
    there.actor("carl").connects("/client/nobody")
        .isClosed(1008, "there is no server with this id").getsNothingMore();
  }
}
