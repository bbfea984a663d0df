package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Differential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller's own status, its status in a room, and their visibility for others. */
@SideBySide
class PeerStatusTest {

  private final Differential<ServerOptions> servers;

  PeerStatusTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  private static String update(String room, String user, String status) {
    return "{'type':'room_peer_update','room':'<" + room + ">','user':'<" + user + ">','status':"
        + status + "}";
  }

  @Test
  void aStatusThatNobodyHearsOfIsKept() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      anna.asks("status", "'status':{'a':1}").isAnsweredAboutStatus().getsNothingMore();
      anna.joins("<r>");
      Caller.on(stage, "bert").asks("room_join", "'room':'<r>'")
          .isAnswered("{'room':'<r>','status':{},"
              + "'peers':{'<anna>':{'pending':false,'status':{'a':1}}}}");
    });
  }

  @Test
  void aStatusIsShownToThoseInTheSameRooms() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert").joins("<r>").joins("<s>");
      Caller cora = Caller.on(stage, "cora").joins("<s>");
      Caller dora = Caller.on(stage, "dora").joins("<t>");
      stage.passes();
      bert.asks("status", "'status':{'b':1}").isAnsweredAboutStatus().getsNothingMore();
      anna.gets(update("r", "bert", "{'b':1}")).getsNothingMore();
      cora.gets(update("s", "bert", "{'b':1}")).getsNothingMore();
      dora.getsNothingMore();
    });
  }

  @Test
  void roomsGetAStatusInTheOrderInWhichTheyWereJoined() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>").joins("<s>").joins("<t>");
      Caller bert = Caller.on(stage, "bert").joins("<s>").joins("<t>").joins("<r>");
      bert.does("room_leave", "'room':'<s>'").joins("<s>");
      stage.passes();
      bert.asks("status", "'status':{'b':1}").isAnsweredAboutStatus();
      anna.gets(update("t", "bert", "{'b':1}"), update("r", "bert", "{'b':1}"),
          update("s", "bert", "{'b':1}")).getsNothingMore();
    });
  }

  @Test
  void theStatusInARoomIsOnlyForThatRoom() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>").joins("<s>");
      Caller bert = Caller.on(stage, "bert").joins("<r>").joins("<s>");
      stage.passes();
      anna.asks("room_peer_status", "'room':'<s>','status':{'a':1}").isAnswered()
          .getsNothingMore();
      bert.gets(update("s", "anna", "{'a':1}")).getsNothingMore();
      Caller.on(stage, "cora").asks("room_join", "'room':'<r>'")
          .isAnswered("{'room':'<r>','status':{},'peers':{"
              + "'<anna>':{'pending':false,'status':{}},"
              + "'<bert>':{'pending':false,'status':{}}}}")
          .asks("room_join", "'room':'<s>'")
          .isAnswered("{'room':'<s>','status':{},'peers':{"
              + "'<anna>':{'pending':false,'status':{'a':1}},"
              + "'<bert>':{'pending':false,'status':{}}}}");
    });
  }

  @Test
  void theStatusInARoomCoversTheCallersOwn() {
    servers.same(stage -> {
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      Caller anna = Caller.on(stage, "anna").does("status", "'status':{'x':1,'y':2}");
      anna.asks("room_join", "'room':'<r>','status':{'y':3,'z':4}")
          .isAnswered("{'room':'<r>','status':{},"
              + "'peers':{'<bert>':{'pending':false,'status':{}}}}");
      bert.gets("{'type':'room_peer_add','room':'<r>','user':'<anna>','pending':false,"
          + "'status':{'x':1,'y':3,'z':4}}");
      anna.asks("status", "'status':{'y':5,'q':6}").isAnsweredAboutStatus();
      bert.gets(update("r", "anna", "{'y':3,'q':6,'z':4}"));
      anna.asks("room_peer_status", "'room':'<r>','status':{'z':7}").isAnswered();
      bert.gets(update("r", "anna", "{'y':5,'q':6,'z':7}"));
      anna.asks("room_peer_status", "'room':'<r>','status':{}").isAnswered();
      bert.gets(update("r", "anna", "{'y':5,'q':6}"));
      anna.asks("status", "'status':{}").isAnsweredAboutStatus();
      bert.gets(update("r", "anna", "{}")).getsNothingMore();
    });
  }

  @Test
  void nullCoversAKeyAsAnyValueDoes() {
    servers.same(stage -> {
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      stage.passes();
      anna.asks("status", "'status':{'x':1,'y':null}").isAnsweredAboutStatus();
      bert.gets(update("r", "anna", "{'x':1,'y':null}"));
      anna.asks("room_peer_status", "'room':'<r>','status':{'x':null,'d':{'e':[]}}").isAnswered();
      bert.gets(update("r", "anna", "{'x':null,'y':null,'d':{'e':[]}}"));
    });
  }

  @Test
  void statusesAreMergedOnTheSurfaceOnly() {
    servers.same(stage -> {
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      stage.passes();
      anna.asks("status", "'status':{'x':{'a':1,'b':2}}").isAnsweredAboutStatus();
      bert.gets(update("r", "anna", "{'x':{'a':1,'b':2}}"));
      anna.asks("room_peer_status", "'room':'<r>','status':{'x':{'b':3}}").isAnswered();
      bert.gets(update("r", "anna", "{'x':{'b':3}}"));
    });
  }

  @Test
  void nullAsAStatusIsAnEmptyOne() {
    servers.same(stage -> {
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      Caller anna = Caller.on(stage, "anna").does("status", "'status':{'x':1}")
          .does("room_join", "'room':'<r>','status':{'y':1}");
      stage.passes();
      anna.asks("room_peer_status", "'room':'<r>','status':null").isAnswered();
      bert.gets(update("r", "anna", "{'x':1}"));
      anna.asks("status", "'status':null").isAnsweredAboutStatus();
      bert.gets(update("r", "anna", "{}"));
    });
  }

  @Test
  void anArrayAsAStatusHasItsIndexesAsKeys() {
    servers.same(stage -> {
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      stage.passes();
      anna.asks("room_peer_status", "'room':'<r>','status':['x',2]").isAnswered();
      bert.gets(update("r", "anna", "{'0':'x','1':2}"));
      anna.asks("status", "'status':[5,6,7]").isAnsweredAboutStatus();
      bert.gets(update("r", "anna", "{'0':'x','1':2,'2':7}"));
    });
  }

  @Test
  void theOthersAreToldThoughNothingChanges() {
    servers.same(stage -> {
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      stage.passes();
      for (int i = 0; i < 2; i++) {
        anna.asks("room_peer_status", "'room':'<r>','status':{'a':1}").isAnswered();
        bert.gets(update("r", "anna", "{'a':1}"));
        anna.asks("status", "'status':{}").isAnsweredAboutStatus();
        bert.gets(update("r", "anna", "{'a':1}"));
      }
    });
  }

  @Test
  void onlyMembersHaveAStatusInARoom() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller.on(stage, "bert")
          .asks("room_peer_status", "'room':'<r>','status':{}")
          .isRefused("You are not in the room")
          .asks("room_peer_status", "'room':'<s>','status':{}").isRefused("Room does not exist");
      anna.getsNothingMore();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'a':{'b':[1,2.5,null,true,{'c':'\u00e4\u20ac'}]}}", "{'':''}",
    "{'sdp':'v=0\\\\r\\\\n','n':1234567890}"})
  void aStatusComesAsItWas(String status) {
    servers.same(stage -> {
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      stage.passes();
      anna.asks("status", "'status':" + status).isAnsweredAboutStatus();
      bert.gets(update("r", "anna", status));
    });
  }
}
