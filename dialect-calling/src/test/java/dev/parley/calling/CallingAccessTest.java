package dev.parley.calling;

import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.QueryPolicy;
import dev.parley.testkit.Spread;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What calling clients may do that a policy has admitted, over real sockets. */
@ParameterizedClass
@EnumSource
class CallingAccessTest {

  private static final int SUPERSEDED = 4001;
  private static final int EXPIRED = 4004;
  private static final int REFUSED = 1008;

  private final CallingStage stage;

  CallingAccessTest(Spread spread) {
    stage = new CallingStage(spread, () -> GatewayFixture.gateway().gates(QueryPolicy.gates())
        .dialect("calling", "/", Map.of()));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  private static String hello(String id) {
    return "{'type':'hello','id':'" + id + "','server':'calling-signaling 1.0'}";
  }

  private static String forbidden(int tid) {
    return "{'type':'answer','tid':" + tid + ",'error':'You are not allowed to do this'}";
  }

  private Actor user(String subject) {
    return stage.connected(subject, "/?as=<" + subject + ">").gets(hello("<" + subject + ">"));
  }

  @Test
  void givenASubjectWithOneId_whenItConnects_thenThatIsItsIdAndTheNewestHasIt() {
    Actor first = user("alice");

    stage.connected("again", "/?as=<alice>").gets(hello("<alice>")).isStillConnected();

    first.isClosed(SUPERSEDED);
  }

  @Test
  void givenAnIdThatAnotherOwns_whenAClientMayHaveNoOther_thenItIsClosed() {
    Actor alice = user("alice");

    // Without a subject there is nothing by which it could take over.
    stage.connected("other", "/?ids=nothing").isClosed(REFUSED);
    stage.connected("mallory", "/?as=mallory&ids=<alice>").isClosed(REFUSED);

    alice.isStillConnected();
  }

  @Test
  void givenRoomsAndNamespacesThatAreNotForAUser_whenItEntersThem_thenEachIsAnError() {
    Actor anna = user("anna");

    anna.sends("{'type':'room_join','room':'secret','tid':1}",
        "{'type':'ns_subscribe','namespace':'secrets','tid':2}",
        "{'type':'ns_user_register','namespace':'secrets','tid':3}",
        "{'type':'room_join','room':'open','tid':4}");

    anna.gets(forbidden(1), forbidden(2), forbidden(3),
        "{'type':'answer','tid':4,'data':{'room':'open','peers':{},'status':{}}}");
  }

  @Test
  void givenAnInvitationIntoARoomThatIsNotForAUser_whenItAccepts_thenThatIsAnErrorAndItMayDecline() {
    Actor admin = user("admin");
    Actor anna = user("anna");
    admin.sends("{'type':'invite_send','room':'secret','user':'<anna>','data':{},'tid':1}").gets(1);
    anna.gets(1);

    anna.sends("{'type':'invite_accept','handle':0,'status':{},'tid':2}").gets(forbidden(2));
    anna.sends("{'type':'invite_deny','handle':0,'tid':3}").gets("{'type':'answer','tid':3}");

    admin.gets(1);
  }

  @Test
  void givenAUserThatMayNotBeSentTo_whenInvitedOrSpokenTo_thenThatIsAnError() {
    Actor hidden = user("hidden");
    Actor anna = user("anna");
    hidden.sends("{'type':'room_join','room':'r','tid':1}").gets(1);
    anna.sends("{'type':'room_join','room':'r','tid':1}").gets(1);

    anna.sends("{'type':'invite_send','room':'q','user':'<hidden>','data':{},'tid':2}",
        "{'type':'room_peer_to','room':'r','user':'<hidden>','event':'ice_candidate',"
            + "'data':null,'tid':3}");

    anna.gets(forbidden(2), forbidden(3));
    hidden.sends("{'type':'room_peer_to','room':'r','user':'<anna>','event':'ice_candidate',"
        + "'data':null,'tid':2}");
    anna.gets("{'type':'room_peer_from','room':'r','user':'<hidden>','event':'ice_candidate',"
        + "'data':null}");
  }

  @Test
  void givenACredentialThatExpires_whenItDoes_thenTheConnectionEnds() {
    stage.connected("alice", "/?as=<alice>&for=1500").gets(hello("<alice>")).isClosed(EXPIRED);
  }
}
