package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Differential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of a member of a room to another one. */
@SideBySide
class PeerMessagesTest {

  private final Differential<ServerOptions> servers;

  PeerMessagesTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  private static String to(String user, String event, String data) {
    return "'room':'<r>','user':'<" + user + ">','event':'" + event + "','data':" + data;
  }

  private static String from(String user, String event, String data) {
    return "{'type':'room_peer_from','room':'<r>','user':'<" + user + ">','event':'" + event
        + "','data':" + data + "}";
  }

  @Test
  void aMessageReachesItsRecipientAlone() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      Caller cora = Caller.on(stage, "cora").joins("<r>");
      stage.passes();
      anna.asks("room_peer_to", to("bert", "offer", "{'type':'offer','sdp':'v=0'}")).isAnswered();
      bert.gets(from("anna", "offer", "{'type':'offer','sdp':'v=0'}"));
      bert.asks("room_peer_to", to("anna", "answer", "{'type':'answer','sdp':'v=0'}"))
          .isAnswered();
      anna.gets(from("bert", "answer", "{'type':'answer','sdp':'v=0'}")).getsNothingMore();
      cora.getsNothingMore();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "[]", "[1,[2,{'a':null}]]",
    "{'a':{'b':{'c':[null,1.5,'\u00e4\u20ac']}}}", "{'type':'ping','tid':5}"})
  void anyDataComesAsItWas(String data) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      anna.asks("room_peer_to", to("bert", "e", data)).isAnswered();
      bert.gets(from("anna", "e", data));
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "offer", "ice-candidate", "\u00e4 \u20ac", "constructor"})
  void anyEventComesAsItWas(String event) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      anna.asks("room_peer_to", to("bert", event, "{}")).isAnswered();
      bert.gets(from("anna", event, "{}"));
    });
  }

  @Test
  void aMessageToOneselfComesBeforeItsAnswer() {
    servers.same(stage -> Caller.on(stage, "anna").joins("<r>")
        .asks("room_peer_to", to("anna", "e", "{'n':1}"))
        .gets(from("anna", "e", "{'n':1}")).isAnswered());
  }

  @Test
  void manyMessagesKeepTheirOrder() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert").joins("<r>");

      for (int i = 0; i < 100; i++) {
        anna.asks("room_peer_to", to("bert", "e", "{'n':" + i + "}"));
      }
      for (int i = 0; i < 100; i++) {
        bert.gets(from("anna", "e", "{'n':" + i + "}"));
      }
    });
  }

  @Test
  void aLargeMessageComesWhole() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      String data = "{'sdp':'" + "0123456789\u00e4".repeat(8_000) + "'}";
      anna.asks("room_peer_to", to("bert", "e", data)).isAnswered();
      bert.gets(from("anna", "e", data));
    });
  }

  @Test
  void itIsForMembersFromMembers() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert").joins("<s>");
      anna.asks("room_peer_to", to("bert", "e", "{}")).isRefused("Unknown recipient")
          .asks("room_peer_to", to("nobody", "e", "{}")).isRefused("Unknown recipient");
      bert.asks("room_peer_to", to("anna", "e", "{}")).isRefused("You are not in the room")
          .asks("room_peer_to", "'room':'<t>','user':'<anna>','event':'e','data':{}")
          .isRefused("Room does not exist");
      anna.getsNothingMore();
      bert.getsNothingMore();
    });
  }

  @Test
  void whoHasLeftIsUnknown() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert").joins("<r>").does("room_leave", "'room':'<r>'");
      anna.asks("room_peer_to", to("bert", "e", "{}")).isRefused("Unknown recipient");
      bert.getsNothingMore();
    });
  }
}
