package dev.parley.linkup;

import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.QueryPolicy;
import dev.parley.testkit.Spread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What linkup clients may do that a policy has admitted, over real sockets. */
@ParameterizedClass
@EnumSource
class LinkupAccessTest {

  private static final int SUPERSEDED = 4001;
  private static final int EXPIRED = 4004;

  private final LinkupStage stage;

  LinkupAccessTest(Spread spread) {
    stage = new LinkupStage(spread, () -> GatewayFixture.gateway().gates(QueryPolicy.gates())
        .dialect("linkup", "/", LinkupOptions.DEFAULT));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  private static String register(int number, String id) {
    return "{'id':" + number + ",'method':'register','params':{'id':'" + id + "'}}";
  }

  private static String isRegistered(int number, String id) {
    return "{'id':" + number + ",'result':'" + id + "','error':null}";
  }

  private Actor registered(String who, String query, String id) {
    return stage.connected(who, "/?" + query).sends(register(0, id)).gets(isRegistered(0, id));
  }

  @Test
  void givenASession_whenItRegistersWhatIsNotItsOwn_thenThatIsAnErrorAndItKeepsItsId() {
    Actor alice = registered("alice", "as=<alice>", "<alice>");

    alice.sends(register(1, "<bob>"), register(2, "<alice>"),
        "{'id':3,'method':'exists','params':{'id':'<alice>'}}");

    alice.gets(
        "{'id':1,'result':null,'error':{'code':-32603,"
            + "'message':'You may not register the id \\\"<bob>\\\"','data':null}}",
        isRegistered(2, "<alice>"), "{'id':3,'result':true,'error':null}");
  }

  @Test
  void givenASubject_whenItComesAgain_thenItTakesItsIdOver() {
    Actor first = registered("first", "as=<alice>", "<alice>");

    Actor second = registered("second", "as=<alice>", "<alice>");

    first.isClosed(SUPERSEDED);
    stage.connected("other", "/?as=mallory&ids=*").sends(register(0, "<alice>")).gets(1);
    second.isStillConnected();
  }

  @Test
  void givenAPeerThatMayNotBeSentTo_whenAskedForAndSignaled_thenItIsNotThere() {
    registered("hidden", "ids=*", "<hidden>");
    Actor alice = registered("alice", "as=<alice>", "<alice>");

    alice.sends("{'id':1,'method':'exists','params':{'id':'<hidden>'}}",
        "{'id':2,'method':'find','params':{'id':'<hidden>'}}",
        "{'id':3,'method':'signal','params':{'from':'<alice>','to':'<hidden>','signal':{}}}");

    alice.gets("{'id':1,'result':false,'error':null}", "{'id':2,'result':null,'error':null}",
        "{'id':3,'result':null,'error':{'code':-32603,"
            + "'message':'You may not send to the peer (<hidden>)','data':null}}");
  }

  @Test
  void givenACredentialThatExpires_whenItDoes_thenTheConnectionEndsRegisteredOrNot() {
    stage.connected("guest", "/?for=1000").isClosed(EXPIRED);
    registered("alice", "as=<alice>&for=1500", "<alice>").isClosed(EXPIRED);
  }
}
