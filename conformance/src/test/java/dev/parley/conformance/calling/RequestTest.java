package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Differential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Common parts of requests: tid and type, and invalid requests. */
@SideBySide
class RequestTest {

  private static final String NO_TID = "{'type':'error','error':'Missing tid in message'}";

  private final Differential<ServerOptions> servers;

  RequestTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "7", "-3", "1.5", "1e2", "2147483648", "9007199254740991"})
  void anyNumberIsATid(String tid) {
    servers.same(stage -> Caller.on(stage, "anna")
        .sends("{'type':'ping','tid':" + tid + "}").gets("{'type':'answer','tid':" + tid + "}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'x'", "''", "'5'", "true", "false", "[]", "[1,{'a':null}]", "{}",
    "{'a':{'b':1}}"})
  void anotherTidIsAMismatchAndComesBackAsItWas(String tid) {
    servers.same(stage -> Caller.on(stage, "anna")
        .sends("{'type':'room_join','tid':" + tid + ",'room':'<r>'}")
        .gets("{'type':'answer','tid':" + tid + ",'error':'Type mismatch in message'}")
        .asks("room_leave", "'room':'<r>'").isRefused("Room does not exist"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'type':'ping'}", "{'type':'ping','tid':null}",
    "{'type':'nonsense'}", "{'type':null,'tid':null}",
    "{'type':'invite_cancel','handle':0}", "{'type':'invite_deny','handle':0}",
    "{'type':'invite_accept','handle':0,'status':{}}",
    "{'type':'room_status','room':'<r>','key':'k','value':1}"})
  void withoutATidNothingIsDone(String message) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      bert.sends(message).gets(NO_TID);
      anna.getsNothingMore();
      bert.asks("ping").isAnswered();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "0", "\"x\"", "\"\"", "[]", "[1]", "true", "false"})
  void whatIsNoObjectHasNoTid(String message) {
    servers.same(stage -> Caller.on(stage, "anna").sends(message).gets(NO_TID)
        .asks("ping").isAnswered());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'tid':1}", "{'tid':1,'type':null}", "{'tid':1,'room':'r'}"})
  void withoutATypeThereIsAnError(String message) {
    servers.same(stage -> Caller.on(stage, "anna").sends(message)
        .gets("{'type':'answer','tid':1,'error':'Missing type in message'}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'nonsense'", "''", "'PING'", "' ping'", "5", "0", "false", "true",
    "{}", "'hello'", "'answer'", "'error'", "'room_peer_update'", "'room_peer_from'",
    "'room_update'", "'room_peer_add'", "'invite_incoming'", "'invite_response'",
    "'invite_cancelled'", "'user_update'", "'ns_user_add'", "'ns_room_update'"})
  void whatIsNoCommandIsUnknown(String type) {
    servers.same(stage -> Caller.on(stage, "anna")
        .sends("{'type':" + type + ",'tid':1,'room':'r','status':{}}")
        .gets("{'type':'answer','tid':1,'error':'Unknown command'}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'x'", "[1,{'a':null}]", "true", "0"})
  void anUnknownCommandIsNoticedBeforeAWrongTid(String tid) {
    servers.same(stage -> Caller.on(stage, "anna")
        .sends("{'type':'nonsense','tid':" + tid + "}")
        .gets("{'type':'answer','tid':" + tid + ",'error':'Unknown command'}"));
  }

  @Test
  void theLastOfARepeatedFieldCounts() {
    servers.same(stage -> Caller.on(stage, "anna")
        .sends("{'type':'nonsense','tid':1,'type':'ping','tid':2}")
        .gets("{'type':'answer','tid':2}"));
  }

  @Test
  void escapedNamesAndBlanksMakeNoDifference() {
    servers.same(stage -> Caller.on(stage, "anna")
        .sends(" {\"\\u0074ype\" :\n\"p\\u0069ng\",\t\"t\\u0069d\": 1 } ")
        .gets("{'type':'answer','tid':1}"));
  }

  @Test
  void answersComeInTheOrderOfTheRequests() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      for (int i = 0; i < 50; i++) {
        anna.sends("{'type':'ping','tid':" + i + "}")
            .sends("{'type':'nonsense','tid':" + i + "}");
      }
      for (int i = 0; i < 50; i++) {
        anna.gets("{'type':'answer','tid':" + i + "}",
            "{'type':'answer','tid':" + i + ",'error':'Unknown command'}");
      }
    });
  }
}
