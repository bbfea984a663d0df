package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Differential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Joining and leaving rooms. */
@SideBySide
class RoomsTest {

  private final Differential<ServerOptions> servers;

  RoomsTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  @Test
  void whoComesFirstFindsAnEmptyRoom() {
    servers.same(stage -> Caller.on(stage, "anna").asks("room_join", "'room':'<r>','status':{}")
        .isAnswered("{'room':'<r>','peers':{},'status':{}}").getsNothingMore());
  }

  @Test
  void aRoomWithoutANameGetsOne() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").asks("room_join", "'status':{'a':1}")
          .isAnswered("{'room':'<?made>','peers':{},'status':{}}");
      Caller bert = Caller.on(stage, "bert").asks("room_join", "'room':'<made>','status':{'b':2}")
          .isAnswered("{'room':'<made>','peers':{'<anna>':{'pending':false,'status':{'a':1}}},"
              + "'status':{}}");
      anna.gets("{'type':'room_peer_add','room':'<made>','pending':false,'user':'<bert>',"
          + "'status':{'b':2}}").getsNothingMore();
      bert.asks("room_join", "'status':{}")
          .isAnswered("{'room':'<?other>','peers':{},'status':{}}");
      anna.getsNothingMore();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"'room':'<r>'", "'room':'<r>','status':null",
    "'room':'<r>','status':{}", "'room':'<r>','status':[]"})
  void aStatusNeedNotBeGiven(String fields) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller.on(stage, "bert").asks("room_join", fields)
          .isAnswered("{'room':'<r>','peers':{'<anna>':{'pending':false,'status':{}}},"
              + "'status':{}}");
      anna.gets("{'type':'room_peer_add','room':'<r>','pending':false,'user':'<bert>',"
          + "'status':{}}");
    });
  }

  @Test
  void everybodyHearsOfANewMemberAndTheNewMemberOfEverybody() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("room_join", "'room':'<r>','status':{'a':1}");
      Caller bert = Caller.on(stage, "bert").does("room_join", "'room':'<r>','status':{'b':1}");
      Caller cora = Caller.on(stage, "cora").asks("room_join", "'room':'<r>','status':{'c':1}")
          .isAnswered("{'room':'<r>','status':{},'peers':{"
              + "'<anna>':{'pending':false,'status':{'a':1}},"
              + "'<bert>':{'pending':false,'status':{'b':1}}}}");
      String event = "{'type':'room_peer_add','room':'<r>','pending':false,'user':'<cora>',"
          + "'status':{'c':1}}";
      anna.gets(event).getsNothingMore();
      bert.gets(event).getsNothingMore();
      cora.getsNothingMore();
    });
  }

  @Test
  void nobodyIsInARoomTwice() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      bert.asks("room_join", "'room':'<r>','status':{'new':1}")
          .isRefused("User is already in room");
      anna.getsNothingMore();
      bert.asks("room_leave", "'room':'<r>'").isAnswered()
          .asks("room_leave", "'room':'<r>'").isRefused("You are not in the room");
    });
  }

  @Test
  void aCallerMayBeInSeveralRooms() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>").joins("<s>");
      Caller bert = Caller.on(stage, "bert").joins("<s>");
      Caller cora = Caller.on(stage, "cora").joins("<r>");
      stage.passes();
      bert.asks("room_leave", "'room':'<s>'").isAnswered();
      anna.gets("{'type':'room_peer_rm','room':'<s>','user':'<bert>'}").getsNothingMore();
      cora.getsNothingMore();
    });
  }

  @Test
  void theOthersAreToldOfALeaver() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      Caller cora = Caller.on(stage, "cora").joins("<r>");
      bert.asks("room_leave", "'room':'<r>'").isAnswered().getsNothingMore();
      anna.gets("{'type':'room_peer_rm','room':'<r>','user':'<bert>'}").getsNothingMore();
      cora.gets("{'type':'room_peer_rm','room':'<r>','user':'<bert>'}").getsNothingMore();
    });
  }

  @Test
  void whoIsNotInARoomCannotLeaveIt() {
    servers.same(stage -> {
      Caller.on(stage, "anna").joins("<r>").getsNothingMore();
      Caller.on(stage, "bert")
          .asks("room_leave", "'room':'<r>'").isRefused("You are not in the room")
          .asks("room_leave", "'room':'<s>'").isRefused("Room does not exist");
    });
  }

  @Test
  void whoComesBackIsTheLastAndHasANewStatus() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("room_join", "'room':'<r>','status':{'a':1}");
      Caller bert = Caller.on(stage, "bert").does("room_join", "'room':'<r>','status':{'b':1}");
      anna.does("room_leave", "'room':'<r>'").does("room_join", "'room':'<r>','status':{'a':2}");
      Caller.on(stage, "cora").asks("room_join", "'room':'<r>'")
          .isAnswered("{'room':'<r>','status':{},'peers':{"
              + "'<bert>':{'pending':false,'status':{'b':1}},"
              + "'<anna>':{'pending':false,'status':{'a':2}}}}");
      bert.does("room_leave", "'room':'<r>'");
    });
  }

  @Test
  void anEmptyRoomKeepsItsStatus() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>")
          .does("room_status", "'room':'<r>','key':'k','value':1")
          .does("room_leave", "'room':'<r>'");
      anna.asks("room_leave", "'room':'<r>'").isRefused("You are not in the room");
      Caller.on(stage, "bert").asks("room_join", "'room':'<r>'")
          .isAnswered("{'room':'<r>','peers':{},'status':{'k':1}}");
    });
  }

  @Test
  void aRoomMayHaveAnyName() {
    servers.same(stage -> {
      String name = "<r> \\u0000\\\"\\\\/\u00e4\u20ac\\ud83d\\ude00";
      Caller anna = Caller.on(stage, "anna").sends("{\"type\":\"room_join\",\"tid\":1,\"room\":\""
          + name + "\"}");
      anna.gets("{\"type\":\"answer\",\"tid\":1,\"data\":{\"room\":\"" + name
          + "\",\"peers\":{},\"status\":{}}}");
      Caller.on(stage, "bert").sends("{\"type\":\"room_join\",\"tid\":1,\"room\":\"" + name
          + "\"}");
      anna.gets("{\"type\":\"room_peer_add\",\"room\":\"" + name
          + "\",\"pending\":false,\"user\":\"<bert>\",\"status\":{}}");
    });
  }

  @Test
  void eventsOfOthersComeBeforeTheAnswerInTheOrderOfTheRooms() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      Caller bert = Caller.on(stage, "bert");
      for (int i = 0; i < 10; i++) {
        anna.joins("<r" + i + ">");
      }
      for (int i = 0; i < 10; i++) {
        bert.asks("room_join", "'room':'<r" + i + ">','status':{'n':" + i + "}");
        bert.isAnswered("{'room':'<r" + i + ">','status':{},"
            + "'peers':{'<anna>':{'pending':false,'status':{}}}}");
      }
      for (int i = 0; i < 10; i++) {
        anna.gets("{'type':'room_peer_add','room':'<r" + i + ">','pending':false,"
            + "'user':'<bert>','status':{'n':" + i + "}}");
      }
    });
  }
}
