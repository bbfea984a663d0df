package dev.parley.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.Actor;
import dev.parley.testkit.Spread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a calling-signaling server does for its clients, frame by frame. */
@ParameterizedClass
@EnumSource
class CallingServerTest {

  private final CallingStage stage;

  CallingServerTest(Spread spread) {
    this.stage = new CallingStage(spread);
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  // ---- hello and questions of form

  @Test
  void givenAClient_whenItConnects_thenItIsToldItsId() {
    Actor anna = stage.connected("anna").gets(1);

    assertThat(anna.client().messages().getFirst()).matches(
        "\\{\"type\":\"hello\",\"id\":\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\","
            + "\"server\":\"calling-signaling 1.0\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-7", "1.50", "1e3", "12345678901234567890"})
  void givenATid_whenAnswered_thenItComesBackByteForByte(String tid) {
    Actor anna = stage.user("anna").sends("{\"type\":\"ping\",\"tid\":" + tid + "}").gets(1);

    assertThat(anna.client().messages().getLast())
        .isEqualTo("{\"type\":\"answer\",\"tid\":" + tid + "}");
  }

  @Test
  void givenMessagesThatAreWrong_whenSent_thenEachIsAnsweredAndTheConnectionLivesOn() {
    stage.user("anna")
        .sends("{'type':'ping'}", "null", "{]", "{'tid':1}", "{'tid':'x','type':'ping'}",
            "{'tid':2,'type':'status','status':{},'more':1}", "{'tid':3,'type':'ping'}")
        .gets(
            "{'type':'error','error':'Missing tid in message'}",
            "{'type':'error','error':'Missing tid in message'}",
            "{'type':'error','error':'Invalid message: not JSON, or nested too deeply'}",
            "{'type':'answer','tid':1,'error':'Missing type in message'}",
            "{'type':'answer','tid':'x','error':'Type mismatch in message'}",
            "{'type':'answer','tid':2,'error':'Unexpected field in message'}",
            "{'type':'answer','tid':3}");
  }

  @Test
  void givenABinaryMessage_whenSent_thenItIsReadLikeText() {
    stage.user("anna").sendsBinary("{'tid':1,'type':'ping'}").gets("{'type':'answer','tid':1}");
  }

  // ---- rooms

  @Test
  void givenMembers_whenTheyComeTalkAndGo_thenEverybodyIsTold() {
    Actor anna = stage.user("anna")
        .sends("{'type':'room_join','room':'r','status':{'nick':'A'},'tid':0}")
        .gets("{'type':'answer','tid':0,'data':{'room':'r','peers':{},'status':{}}}");
    Actor bert = stage.user("bert")
        .sends("{'type':'room_join','room':'r','tid':0}")
        .gets("{'type':'answer','tid':0,'data':{'room':'r','peers':"
            + "{'<anna>':{'pending':false,'status':{'nick':'A'}}},'status':{}}}");
    anna.gets("{'type':'room_peer_add','room':'r','pending':false,'user':'<bert>','status':{}}");

    anna.sends("{'type':'room_peer_to','room':'r','user':'<bert>','event':'signaling',"
        + "'data':{'type':'offer','sdp':'v=0'},'tid':1}")
        .gets("{'type':'answer','tid':1}");
    bert.gets("{'type':'room_peer_from','room':'r','user':'<anna>','event':'signaling',"
        + "'data':{'type':'offer','sdp':'v=0'}}");
    bert.sends("{'type':'room_peer_to','room':'r','user':'<anna>','event':'ice_candidate',"
        + "'data':null,'tid':1}")
        .gets("{'type':'answer','tid':1}");
    anna.gets("{'type':'room_peer_from','room':'r','user':'<bert>','event':'ice_candidate',"
        + "'data':null}");

    anna.sends("{'type':'room_status','room':'r','key':'topic','value':'tea','tid':2}")
        .gets("{'type':'answer','tid':2}");
    bert.gets("{'type':'room_update','room':'r','status':{'topic':'tea'}}");
    anna.sends("{'type':'room_peer_status','room':'r','status':{'cam':true},'tid':3}")
        .gets("{'type':'answer','tid':3}");
    bert.gets("{'type':'room_peer_update','room':'r','user':'<anna>','status':{'cam':true}}");
    anna.sends("{'type':'status','status':{'nick':'Anna'},'tid':4}")
        .gets("{'type':'answer','tid':4,'data':true}");
    bert.gets("{'type':'room_peer_update','room':'r','user':'<anna>',"
        + "'status':{'nick':'Anna','cam':true}}");

    anna.sends("{'type':'room_leave','room':'r','tid':5}").gets("{'type':'answer','tid':5}");
    bert.gets("{'type':'room_peer_rm','room':'r','user':'<anna>'}");
  }

  @Test
  void givenNoNameForARoom_whenJoined_thenItIsANewOne() {
    Actor anna =
        stage.user("anna").sends("{'type':'room_join','tid':0}", "{'type':'room_join','tid':1}")
            .gets(
                "{'type':'answer','tid':0,'data':{'room':'<?one>','peers':{},'status':{}}}",
                "{'type':'answer','tid':1,'data':{'room':'<?other>','peers':{},'status':{}}}");

    anna.sends("{'type':'room_join','room':'<one>','tid':2}")
        .gets("{'type':'answer','tid':2,'error':'User is already in room'}");
  }

  @Test
  void givenARoomsStatus_whenCheckedAndSet_thenItIsSetOnlyIfItIsAsExpected() {
    stage.member("anna", "r")
        .sends(
            "{'type':'room_status','room':'r','key':'k','value':{'a':1,'b':[]},'check':true,'tid':1}",
            "{'type':'room_status','room':'r','key':'k','value':2,'check':true,'tid':2}",
            "{'type':'room_status','room':'r','key':'k','value':2,'check':true,"
                + "'previous':{'b':[],'a':1.0},'tid':3}",
            "{'type':'room_status','room':'r','key':'k','value':3,'previous':'ignored','tid':4}",
            "{'type':'room_status','room':'r','key':'k','check':true,'previous':3,'tid':5}",
            "{'type':'room_status','room':'r','key':'k','check':true,'tid':6}")
        .gets(
            "{'type':'answer','tid':1}",
            "{'type':'answer','tid':2,'error':'Status not in expected state'}",
            "{'type':'answer','tid':3}", "{'type':'answer','tid':4}", "{'type':'answer','tid':5}",
            "{'type':'answer','tid':6}");
  }

  @Test
  void givenNothingToDoItWith_whenAskedFor_thenTheErrorsAreTheOriginals() {
    Actor anna = stage.member("anna", "r");
    stage.member("bert", "q");
    anna.sends(
        "{'type':'room_leave','room':'nowhere','tid':1}",
        "{'type':'room_leave','room':'q','tid':2}",
        "{'type':'room_status','room':'q','key':'k','tid':3}",
        "{'type':'room_peer_status','room':'nowhere','status':{},'tid':4}",
        "{'type':'room_peer_to','room':'r','user':'<bert>','event':'e','data':{},'tid':5}",
        "{'type':'ns_unsubscribe','namespace':'n','tid':6}",
        "{'type':'ns_user_unregister','namespace':'n','tid':7}",
        "{'type':'ns_room_register','namespace':'n','room':'nowhere','tid':8}",
        "{'type':'ns_room_unregister','namespace':'n','room':'r','tid':9}",
        "{'type':'ns_user_register','namespace':'n','tid':10}",
        "{'type':'ns_user_register','namespace':'n','tid':11}",
        "{'type':'ns_unsubscribe','namespace':'n','tid':12}",
        "{'type':'ns_room_unregister','namespace':'n','room':'r','tid':13}",
        "{'type':'ns_room_unregister','namespace':'n','room':'nowhere','tid':14}",
        "{'type':'invite_send','room':'r','user':'nobody','data':{},'tid':15}",
        "{'type':'invite_send','room':'q','user':'<bert>','data':{},'tid':16}",
        "{'type':'invite_cancel','handle':0,'tid':17}",
        "{'type':'invite_accept','handle':-1,'status':{},'tid':18}",
        "{'type':'invite_deny','handle':1e400,'tid':19}")
        .gets(
            "{'type':'answer','tid':1,'error':'Room does not exist'}",
            "{'type':'answer','tid':2,'error':'You are not in the room'}",
            "{'type':'answer','tid':3,'error':'You are not in the room'}",
            "{'type':'answer','tid':4,'error':'Room does not exist'}",
            "{'type':'answer','tid':5,'error':'Unknown recipient'}",
            "{'type':'answer','tid':6,'error':'Namespace does not exist'}",
            "{'type':'answer','tid':7,'error':'Namespace does not exist'}",
            "{'type':'answer','tid':8,'error':'Room does not exist'}",
            "{'type':'answer','tid':9,'error':'Namespace does not exist'}",
            "{'type':'answer','tid':10}",
            "{'type':'answer','tid':11,'error':'User was already registered to that namespace'}",
            "{'type':'answer','tid':12,'error':'User was not subscribed to namespace'}",
            "{'type':'answer','tid':13,'error':'Room was not registered to namespace'}",
            "{'type':'answer','tid':14,'error':'Room does not exist'}",
            "{'type':'answer','tid':15,'error':'Unknown recipient'}",
            "{'type':'answer','tid':16,'error':'User is already in room'}",
            "{'type':'answer','tid':17,'error':'Invalid invitation handle'}",
            "{'type':'answer','tid':18,'error':'Invalid invitation handle'}",
            "{'type':'answer','tid':19,'error':'Invalid invitation handle'}");
  }

  // ---- namespaces

  @Test
  void givenASubscriber_whenUsersAndRoomsAreRegistered_thenItSeesThemComeChangeAndGo() {
    Actor anna = stage.member("anna", "r");
    Actor bert = stage.user("bert")
        .sends("{'type':'ns_subscribe','namespace':'n','tid':1}")
        .gets("{'type':'answer','tid':1,'data':{'users':{},'rooms':{}}}");

    anna.sends("{'type':'ns_user_register','namespace':'n','tid':1}").gets(1);
    bert.gets("{'type':'ns_user_add','user':'<anna>','namespace':'n','status':{}}");
    anna.sends("{'type':'ns_room_register','namespace':'n','room':'r','tid':2}").gets(1);
    bert.gets("{'type':'ns_room_add','namespace':'n','room':'r','status':{},"
        + "'peers':{'<anna>':{'status':{},'pending':false}}}");
    anna.sends("{'type':'status','status':{'nick':'A'},'tid':3}").gets(1);
    bert.gets(
        "{'type':'ns_room_peer_update','namespace':'n','room':'r','user':'<anna>',"
            + "'status':{'nick':'A'}}",
        "{'type':'ns_user_update','user':'<anna>','namespace':'n','status':{'nick':'A'}}");
    stage.user("carl").sends("{'type':'ns_subscribe','namespace':'n','tid':1}")
        .gets("{'type':'answer','tid':1,'data':{'users':{'<anna>':{'nick':'A'}},'rooms':{'r':"
            + "{'status':{},'peers':{'<anna>':{'pending':false,'status':{'nick':'A'}}}}}}}");
    Actor dora = stage.member("dora", "r");
    bert.gets("{'type':'ns_room_peer_add','namespace':'n','room':'r','user':'<dora>',"
        + "'status':{},'pending':false}");
    dora.leaves();
    bert.gets("{'type':'ns_room_peer_rm','namespace':'n','room':'r','user':'<dora>'}");
    anna.gets(2).sends("{'type':'ns_user_unregister','namespace':'n','tid':4}").gets(1);
    bert.gets("{'type':'ns_user_rm','user':'<anna>','namespace':'n'}");
    anna.vanishes();
    bert.gets(
        "{'type':'ns_room_rm','room':'r','namespace':'n'}",
        "{'type':'ns_room_peer_rm','namespace':'n','room':'r','user':'<anna>'}");
  }

  // ---- invitations

  @Test
  void givenAnInvitation_whenAccepted_thenBothSidesAndTheRoomAreTold() {
    Actor anna = stage.member("anna", "r");
    Actor bert = stage.user("bert")
        .sends("{'type':'status','status':{'name':'bob'},'tid':0}")
        .gets("{'type':'answer','tid':0,'data':false}");

    anna.sends("{'type':'invite_send','room':'r','user':'<bert>','data':{'why':'call'},'tid':1}")
        .gets(
            "{'type':'room_peer_add','room':'r','pending':true,'user':'<bert>',"
                + "'status':{'name':'bob'}}",
            "{'type':'answer','tid':1,'data':{'handle':0}}");
    bert.gets("{'type':'invite_incoming','handle':0,'room':'r','peers':"
        + "{'<anna>':{'pending':false,'status':{}}},'status':{},'sender':'<anna>',"
        + "'data':{'why':'call'}}");
    bert.sends("{'type':'invite_accept','handle':0,'status':{},'tid':1}")
        .gets("{'type':'answer','tid':1}");
    anna.gets(
        "{'type':'invite_response','handle':0,'accepted':true}",
        "{'type':'room_peer_update','room':'r','user':'<bert>','pending':false}",
        "{'type':'room_peer_update','room':'r','user':'<bert>','status':{'name':'bob'}}");
  }

  @Test
  void givenInvitations_whenDeniedCancelledOrCutOff_thenBothSidesAreTold() {
    Actor anna = stage.member("anna", "r");
    Actor bert = stage.user("bert");

    anna.sends("{'type':'invite_send','room':'r','user':'<bert>','data':{},'tid':1}").gets(2);
    bert.gets(1).sends("{'type':'invite_deny','handle':0,'tid':1}")
        .gets("{'type':'answer','tid':1}");
    anna.gets(
        "{'type':'invite_response','handle':0,'accepted':false}",
        "{'type':'room_peer_rm','room':'r','user':'<bert>'}");

    anna.sends("{'type':'invite_send','room':'r','user':'<bert>','data':{},'tid':2}").gets(2);
    anna.sends("{'type':'invite_cancel','handle':1,'tid':3}")
        .gets("{'type':'answer','tid':3}", "{'type':'room_peer_rm','room':'r','user':'<bert>'}");
    bert.gets(1).gets("{'type':'invite_cancelled','handle':1}");

    anna.sends("{'type':'invite_send','room':'r','user':'<bert>','data':{},'tid':4}").gets(2);
    anna.vanishes();
    bert.gets(1).gets(
        "{'type':'invite_cancelled','handle':2}",
        "{'type':'room_peer_rm','room':'r','user':'<anna>'}");
  }

  // ---- order

  @Test
  void givenManyRequestsAtOnce_whenHandled_thenEachIsAnsweredInOrderAndBeforeTheEnd() {
    Actor anna = stage.member("anna", "r");
    Actor bert = stage.member("bert", "r");
    anna.gets(1);
    for (int i = 0; i < 300; i++) {
      bert.sends("{'type':'room_peer_to','room':'r','user':'<anna>','event':'e','data':{'n':" + i
          + "},'tid':" + i + "}");
    }
    bert.sends("{'type':'room_leave','room':'r','tid':1000}");

    for (int i = 0; i < 300; i++) {
      bert.gets("{'type':'answer','tid':" + i + "}");
      anna.gets("{'type':'room_peer_from','room':'r','user':'<bert>','event':'e','data':{'n':" + i
          + "}}");
    }
    bert.gets("{'type':'answer','tid':1000}");
    anna.gets("{'type':'room_peer_rm','room':'r','user':'<bert>'}");
  }

  @Test
  void givenRequestsFollowedByAClose_whenHandled_thenWhatWasAskedIsDoneAndAnsweredFirst() {
    Actor anna = stage.member("anna", "r");
    Actor bert = stage.user("bert");
    bert.sends(
        "{'type':'room_join','room':'r','tid':1}",
        "{'type':'room_peer_to','room':'r','user':'<anna>','event':'e','data':{},'tid':2}");
    bert.leaves()
        .gets(
            "{'type':'answer','tid':1,'data':{'room':'r','status':{},'peers':"
                + "{'<anna>':{'pending':false,'status':{}}}}}",
            "{'type':'answer','tid':2}")
        .isClosed(1000);

    anna.gets(
        "{'type':'room_peer_add','room':'r','pending':false,'user':'<bert>','status':{}}",
        "{'type':'room_peer_from','room':'r','user':'<bert>','event':'e','data':{}}",
        "{'type':'room_peer_rm','room':'r','user':'<bert>'}");
  }

  // ---- silence

  @Test
  void givenRemotePing_whenNothingIsSaid_thenTheServerSpeaks() {
    stage.user("anna").sends("{'type':'remote_ping','time':150,'tid':1}")
        .gets("{'type':'answer','tid':1}", "{'type':'ping'}", "{'type':'ping'}");
  }

  @Test
  void givenRemotePing_whenItIsAskedForAgain_thenTheFormerOneEnds() {
    Actor anna = stage.user("anna").sends("{'type':'remote_ping','time':-5,'tid':1}")
        .gets("{'type':'answer','tid':1}", "{'type':'ping'}")
        .sends("{'type':'remote_ping','time':1e300,'tid':2}");
    // Until the server has read that, more pings may come.
    String last = anna.client().awaitText(text -> text.contains("\"tid\":2"));

    anna.settles();
    assertThat(anna.client().texts().getLast()).isEqualTo(last);
  }

  @Test
  void givenRemoteTimeout_whenTheClientIsSilent_thenItIsGoneAndItsConnectionClosed() {
    Actor anna = stage.member("anna", "r");
    Actor bert = stage.member("bert", "r").sends("{'type':'remote_timeout','time':150,'tid':1}")
        .gets("{'type':'answer','tid':1}");

    anna.gets(1).gets("{'type':'room_peer_rm','room':'r','user':'<bert>'}");
    bert.isClosed(1001);
  }
}
