package dev.parley.calling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.ByteSize;
import dev.parley.config.ConfigurationException;
import dev.parley.group.GroupLimits;
import dev.parley.net.limits.Limits;
import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.HttpProbe;
import dev.parley.testkit.Spread;
import dev.parley.testkit.record.Records;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be configured, and where clients may connect. */
class CallingOptionsTest {

  @Test
  void givenNoTimeForEmptyRooms_whenTheLastMemberLeaves_thenTheRoomIsGone() {
    try (CallingStage stage = new CallingStage(Map.of("room_timeout", 0))) {
      stage.member("anna", "r")
          .sends("{'type':'room_leave','room':'r','tid':1}",
              "{'type':'room_leave','room':'r','tid':2}")
          .gets("{'type':'answer','tid':1}",
              "{'type':'answer','tid':2,'error':'Room does not exist'}");
    }
  }

  @Test
  void givenAShortTimeForEmptyRooms_whenItIsOver_thenTheRoomIsGoneAndSubscribersAreTold() {
    try (CallingStage stage = new CallingStage(Map.of("room_timeout", 1))) {
      stage.member("anna", "r")
          .sends("{'type':'ns_subscribe','namespace':'n','tid':1}",
              "{'type':'room_leave','room':'r','tid':2}",
              "{'type':'ns_room_register','namespace':'n','room':'r','tid':3}")
          .gets(4)
          .gets("{'type':'ns_room_rm','room':'r','namespace':'n'}")
          .sends("{'type':'room_leave','room':'r','tid':4}")
          .gets("{'type':'answer','tid':4,'error':'Room does not exist'}");
    }
  }

  @Test
  void givenFeaturesThatAreOff_whenAskedFor_thenTheyAreUnknown() {
    try (CallingStage stage =
        new CallingStage(Map.of("disable", List.of("hello", "invitations", "namespaces")))) {
      stage.connected("anna")
          .sends("{'type':'invite_deny','handle':0,'tid':1}",
              "{'type':'ns_subscribe','namespace':'n','tid':2}",
              "{'type':'room_join','room':'r','tid':3}")
          .gets("{'type':'answer','tid':1,'error':'Unknown command'}",
              "{'type':'answer','tid':2,'error':'Unknown command'}",
              "{'type':'answer','tid':3,'data':{'room':'r','peers':{},'status':{}}}");
    }
  }

  @Test
  void givenNoRooms_whenSomebodyIsInvitedToOne_thenThereAreNoInvitationsEither() {
    try (CallingStage stage = new CallingStage(Map.of("disable", List.of("rooms")))) {
      stage.user("anna")
          .sends("{'type':'invite_send','room':'r','user':'<anna>','data':{},'tid':1}",
              "{'type':'room_join','room':'r','tid':2}",
              "{'type':'ns_user_register','namespace':'n','tid':3}",
              "{'type':'ns_room_register','namespace':'n','room':'r','tid':4}")
          .gets("{'type':'answer','tid':1,'error':'Unknown command'}",
              "{'type':'answer','tid':2,'error':'Unknown command'}",
              "{'type':'answer','tid':3}",
              "{'type':'answer','tid':4,'error':'Room does not exist'}");
    }
  }

  @Test
  void givenNoGreeting_whenSomethingIsDone_thenEverythingElseIsThere() {
    try (CallingStage stage = new CallingStage(Map.of("disable", List.of("hello", "ping")))) {
      stage.connected("anna")
          .sends("{'type':'ping','tid':1}", "{'type':'remote_ping','time':1,'tid':2}",
              "{'type':'remote_timeout','time':1,'tid':3}",
              "{'type':'status','status':{},'tid':4}")
          .gets("{'type':'answer','tid':1,'error':'Unknown command'}",
              "{'type':'answer','tid':2,'error':'Unknown command'}",
              "{'type':'answer','tid':3,'error':'Unknown command'}",
              "{'type':'answer','tid':4,'data':false}")
          .getsNothingMore();
    }
  }

  @Test
  void givenDocumentedNames_whenEventsCome_thenTheyHaveThem() {
    try (CallingStage stage =
        new CallingStage(Map.of("eventNames", "documented", "server", "mine 2"))) {
      Actor anna = stage.connected("anna").gets("{'type':'hello','id':'<?anna>','server':'mine 2'}")
          .sends("{'type':'ns_subscribe','namespace':'n','tid':1}",
              "{'type':'room_join','room':'r','tid':2}",
              "{'type':'ns_room_register','namespace':'n','room':'r','tid':3}",
              "{'type':'ns_user_register','namespace':'n','tid':4}")
          .gets(6)
          .sends("{'type':'status','status':{'x':1},'tid':5}")
          .gets(
              "{'type':'ns_room_user_update','namespace':'n','room':'r','user':'<anna>',"
                  + "'status':{'x':1}}",
              "{'type':'user_update','user':'<anna>','namespace':'n','status':{'x':1}}",
              "{'type':'answer','tid':5,'data':true}");
      Actor bert = stage.connected("bert").gets("{'type':'hello','id':'<?bert>','server':'mine 2'}")
          .sends("{'type':'room_join','room':'r','tid':1}").gets(1);
      anna.gets(1).gets("{'type':'ns_room_user_add','namespace':'n','room':'r','user':'<bert>',"
          + "'status':{},'pending':false}");
      Actor cora =
          stage.connected("cora").gets("{'type':'hello','id':'<?cora>','server':'mine 2'}");
      anna.sends("{'type':'invite_send','room':'r','user':'<cora>','data':{},'tid':6}").gets(1)
          .gets("{'type':'ns_room_user_add','namespace':'n','room':'r','user':'<cora>',"
              + "'status':{},'pending':true}")
          .gets(1);
      cora.gets(1).sends("{'type':'invite_accept','handle':0,'status':{},'tid':1}").gets(1);
      anna.gets(3).gets(
          "{'type':'ns_room_user_update','namespace':'n','room':'r','user':'<cora>','status':{}}",
          "{'type':'ns_room_user_update','namespace':'n','room':'r','user':'<cora>',"
              + "'pending':false}");
      bert.leaves();
      anna.gets(1)
          .gets("{'type':'ns_room_user_rm','namespace':'n','room':'r','user':'<bert>'}");
    }
  }

  @Test
  void givenLimits_whenOneIsReached_thenTheClientIsToldWhich() {
    Limits tight =
        Records.with(
            Limits.DEFAULT, "groups", Records.with(GroupLimits.DEFAULT, "nameLength", 8, "status",
                new ByteSize(16), "rooms", 2, "membersPerRoom", 1, "roomsPerUser", 1));
    try (CallingStage stage = new CallingStage(
        GatewayFixture.gateway().limits(tight).dialect("calling", "/", Map.of()))) {
      stage.member("anna", "r");
      stage.user("bert")
          .sends("{'type':'room_join','room':'r','tid':1}",
              "{'type':'room_join','room':'very long','tid':2}",
              "{'type':'room_join','room':'q','status':{'x':'0123456789'},'tid':3}",
              "{'type':'room_join','room':'q','tid':4}",
              "{'type':'room_join','room':'p','tid':5}")
          .gets("{'type':'answer','tid':1,'error':'Room is full'}",
              "{'type':'answer','tid':2,'error':'Name is too long'}",
              "{'type':'answer','tid':3,'error':'Status is too big'}",
              "{'type':'answer','tid':4,'data':{'room':'q','peers':{},'status':{}}}",
              "{'type':'answer','tid':5,'error':'You are in too many rooms'}");
      stage.user("carl").sends("{'type':'room_join','room':'p','tid':1}")
          .gets("{'type':'answer','tid':1,'error':'There are too many rooms'}");
    }
  }

  @Test
  void givenLimitsOfNamespacesAndInvitations_whenOneIsReached_thenTheClientIsToldWhich() {
    Limits tight =
        Records.with(
            Limits.DEFAULT, "groups", Records.with(GroupLimits.DEFAULT, "namespacesPerUser", 1,
                "namespacesPerRoom", 1, "invitationsPerUser", 1, "invitationsReceived", 1));
    try (CallingStage stage = new CallingStage(
        GatewayFixture.gateway().limits(tight).dialect("calling", "/", Map.of()))) {
      stage.user("bert");
      stage.user("carl");
      stage.member("anna", "r")
          .sends("{'type':'ns_subscribe','namespace':'n','tid':1}",
              "{'type':'ns_subscribe','namespace':'m','tid':2}",
              "{'type':'ns_user_register','namespace':'m','tid':3}",
              "{'type':'ns_user_register','namespace':'n','tid':4}",
              "{'type':'ns_room_register','namespace':'m','room':'r','tid':5}",
              "{'type':'ns_room_register','namespace':'n','room':'r','tid':6}")
          .gets(1)
          .gets("{'type':'answer','tid':2,'error':'You are in too many namespaces'}",
              "{'type':'answer','tid':3}",
              "{'type':'answer','tid':4,'error':'You are in too many namespaces'}",
              "{'type':'answer','tid':5}",
              "{'type':'answer','tid':6,'error':'Room is in too many namespaces'}")
          .sends("{'type':'invite_send','room':'r','user':'<bert>','data':{},'tid':7}").gets(2)
          .sends("{'type':'invite_send','room':'r','user':'<carl>','data':{},'tid':8}")
          .gets("{'type':'answer','tid':8,'error':'You have too many open invitations'}");
      stage.user("dora")
          .sends("{'type':'invite_send','room':'q','user':'<bert>','data':{},'tid':1}")
          .gets("{'type':'answer','tid':1,"
              + "'error':'Recipient has too many open invitations'}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/signaling", "/signaling/", "/a/b", "/?x=1"})
  void givenAnyPath_whenConnected_thenTheClientIsGreeted(String path) {
    try (CallingStage stage = new CallingStage(Spread.ONE_NODE)) {
      stage.connected("anna").connects(path).gets(1);
    }
  }

  @Test
  void givenAPathThatIsDeeper_whenConnected_thenThereIsNothing() {
    try (CallingStage stage = new CallingStage(Spread.ONE_NODE)) {
      stage.user("anna").isRefused(400, "/a/b/c");
    }
  }

  @Test
  void givenPlainHttp_whenAsked_thenAnUpgradeIsWanted() {
    try (CallingStage stage = new CallingStage(Spread.ONE_NODE)) {
      HttpProbe.Answer answer = HttpProbe.get(stage.gateway().httpUri("/"));

      assertThat(answer.status()).isEqualTo(426);
      assertThat(answer.body()).isEqualTo("Upgrade Required");
      assertThat(answer.header("upgrade")).contains("websocket");
    }
  }

  @Test
  void givenATimeBelowZero_whenConfigured_thenItIsRefused() {
    assertThatThrownBy(() -> new CallingOptions(-1, "x", Set.of(), CallingEventNames.ACTUAL,
        Duration.ofSeconds(1), "data", null))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("room_timeout");
  }
}
