package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Differential;
import dev.parley.testkit.Stage;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Expiry of empty rooms. */
@SideBySide
class RoomTimeoutTest {

  private static final String GONE = "Room does not exist";

  private final Differential<ServerOptions> servers;

  RoomTimeoutTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  @Test
  void anEmptyRoomEndsWithItsStatus() {
    servers.same(ServerOptions.FORGETFUL, stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>")
          .does("room_status", "'room':'<r>','key':'k','value':1")
          .does("room_leave", "'room':'<r>'");
      afterTheTimeout(stage);
      anna.asks("room_leave", "'room':'<r>'").isRefused(GONE)
          .asks("room_status", "'room':'<r>','key':'k','value':2").isRefused(GONE)
          .asks("room_peer_status", "'room':'<r>','status':{}").isRefused(GONE)
          .asks("room_peer_to", "'room':'<r>','user':'<anna>','event':'e','data':{}")
          .isRefused(GONE)
          .asks("room_join", "'room':'<r>'").isAnswered("{'room':'<r>','peers':{},'status':{}}");
    });
  }

  @Test
  void aRoomThatSomebodyCameBackToStays() {
    servers.same(ServerOptions.FORGETFUL, stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>")
          .does("room_status", "'room':'<r>','key':'k','value':1");
      // In one packet, as the room expires at once.
      anna.asks("room_leave", "'room':'<r>'").asks("room_join", "'room':'<r>'")
          .gets("{'type':'answer','tid':3}", "{'type':'answer','tid':4,"
              + "'data':{'room':'<r>','peers':{},'status':{'k':1}}}");
      afterTheTimeout(stage);
      anna.asks("room_leave", "'room':'<r>'").isAnswered()
          .asks("room_join", "'room':'<r>'")
          .isAnswered("{'room':'<r>','peers':{},'status':{'k':1}}");
    });
  }

  @Test
  void aRoomMadeByAnInvitationThatWasDeniedEnds() {
    servers.same(ServerOptions.FORGETFUL, stage -> {
      Caller anna = Caller.on(stage, "anna");
      Caller bert = Caller.on(stage, "bert");
      anna.does("invite_send", "'room':'<r>','user':'<bert>','data':{}");
      afterTheTimeout(stage);
      bert.asks("room_join", "'room':'<r>'").isRefused("User is already in room");
      bert.does("invite_deny", "'handle':0");
      afterTheTimeout(stage);
      bert.asks("room_leave", "'room':'<r>'").isRefused(GONE);
    });
  }

  /** With a room time-out longer than any step. */
  @Test
  void aRoomMadeByAnInvitationThatWasDeniedIsEmptyFirst() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      Caller bert = Caller.on(stage, "bert");
      anna.does("invite_send", "'room':'<r>','user':'<bert>','data':{}");
      bert.does("invite_deny", "'handle':0");
      bert.asks("room_leave", "'room':'<r>'").isRefused("You are not in the room");
    });
  }

  /**
   * Rooms that became empty before this call have expired. No event says so: a client that is not
   * on the stage leaves another room now and polls until that one is gone.
   */
  static void afterTheTimeout(Stage stage) {
    try (Offstage watch = Offstage.of(stage)) {
      String room = "'room':'watched-" + UUID.randomUUID() + "'";
      watch.asks("room_join", room);
      watch.asks("room_leave", room);
      stage.awaits("the end of an empty room",
          () -> watch.asks("room_leave", room).contains(GONE));
    }
  }
}
