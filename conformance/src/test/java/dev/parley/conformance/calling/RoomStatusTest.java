package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Differential;
import dev.parley.testkit.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The status of a room: keys that its members set, perhaps only if they know the present value. */
@SideBySide
class RoomStatusTest {

  private static final String UNEXPECTED_STATE = "Status not in expected state";

  private final Differential<ServerOptions> servers;

  RoomStatusTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  /** Two members of a room. */
  private record Pair(Caller anna, Caller bert) {

    static Pair on(Stage stage) {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      stage.passes();
      return new Pair(anna, bert);
    }

    Pair sets(String fields, String status) {
      anna.asks("room_status", "'room':'<r>'," + fields).isAnswered();
      bert.gets("{'type':'room_update','room':'<r>','status':" + status + "}");
      return this;
    }

    Pair cannotSet(String fields) {
      anna.asks("room_status", "'room':'<r>'," + fields).isRefused(UNEXPECTED_STATE);
      bert.getsNothingMore();
      return this;
    }
  }

  @Test
  void theOthersGetTheWholeStatus() {
    servers.same(stage -> {
      Pair pair = Pair.on(stage);
      Caller cora = Caller.on(stage, "cora").joins("<r>");
      stage.passes();
      pair.sets("'key':'a','value':1", "{'a':1}").sets("'key':'b','value':2", "{'a':1,'b':2}");
      cora.gets("{'type':'room_update','room':'<r>','status':{'a':1}}",
          "{'type':'room_update','room':'<r>','status':{'a':1,'b':2}}").getsNothingMore();
      pair.anna().getsNothingMore();
    });
  }

  @Test
  void whoComesLaterGetsTheStatusInTheAnswer() {
    servers.same(stage -> {
      Pair.on(stage).sets("'key':'a','value':{'x':[1]}", "{'a':{'x':[1]}}");
      Caller.on(stage, "cora").asks("room_join", "'room':'<r>'")
          .isAnswered("{'room':'<r>','status':{'a':{'x':[1]}},'peers':{"
              + "'<anna>':{'pending':false,'status':{}},"
              + "'<bert>':{'pending':false,'status':{}}}}");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1.5", "''", "'text'", "true", "false", "null", "[]", "{}",
    "[1,[2,{'a':null}]]", "{'a':{'b':[1.5,'x']}}"})
  void aValueIsAnyJson(String value) {
    servers.same(stage -> Pair.on(stage).sets("'key':'k','value':" + value, "{'k':" + value + "}"));
  }

  @Test
  void aValueIsReplacedWholly() {
    servers.same(stage -> Pair.on(stage)
        .sets("'key':'k','value':{'a':1,'b':2}", "{'k':{'a':1,'b':2}}")
        .sets("'key':'k','value':{'b':3}", "{'k':{'b':3}}"));
  }

  @Test
  void anEmptyKeyIsAKey() {
    servers.same(stage -> Pair.on(stage).sets("'key':'','value':1", "{'':1}"));
  }

  @Test
  void withoutAValueTheKeyIsRemoved() {
    servers.same(stage -> Pair.on(stage)
        .sets("'key':'a','value':1", "{'a':1}").sets("'key':'b','value':2", "{'a':1,'b':2}")
        .sets("'key':'a'", "{'b':2}"));
  }

  @Test
  void theOthersAreToldThoughNothingChanges() {
    servers.same(stage -> Pair.on(stage)
        .sets("'key':'a','value':1", "{'a':1}").sets("'key':'a','value':1", "{'a':1}")
        .sets("'key':'absent'", "{'a':1}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "-1.5", "'text'", "true", "[]", "[1,2]", "{}", "{'a':{'b':[7]}}"})
  void aCheckWithThePresentValueSucceeds(String value) {
    servers.same(stage -> Pair.on(stage).sets("'key':'k','value':" + value, "{'k':" + value + "}")
        .sets("'key':'k','value':'new','check':true,'previous':" + value, "{'k':'new'}"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"5|6", "'a'|'b'", "[1,2]|[2,1]",
    "[1]|[1,1]", "{'a':2}|{'a':3}", "{'a':2}|{'a':2,'b':3}", "{'a':2}|{}", "{'a':{'b':2}}|{'a':2}",
    "[]|{}", "{'a':2}|'a'", "true|'text'"})
  void aCheckWithAnotherValueFails(String value, String previous) {
    servers.same(stage -> Pair.on(stage).sets("'key':'k','value':" + value, "{'k':" + value + "}")
        .cannotSet("'key':'k','value':9,'check':true,'previous':" + previous)
        .sets("'key':'other','value':1", "{'k':" + value + ",'other':1}"));
  }

  @Test
  void aCheckDoesNotMindTheOrderOfKeys() {
    servers.same(stage -> Pair.on(stage)
        .sets("'key':'k','value':{'a':2,'b':{'c':3,'d':4}}", "{'k':{'a':2,'b':{'c':3,'d':4}}}")
        .sets("'key':'k','value':9,'check':true,'previous':{'b':{'d':4,'c':3},'a':2}", "{'k':9}"));
  }

  @Test
  void aCheckWithoutAPreviousValueWantsTheKeyToBeAbsent() {
    servers.same(stage -> Pair.on(stage)
        .sets("'key':'k','value':5,'check':true", "{'k':5}")
        .cannotSet("'key':'k','value':6,'check':true")
        .cannotSet("'key':'absent','value':6,'check':true,'previous':5"));
  }

  @Test
  void aCheckMayRemove() {
    servers.same(stage -> Pair.on(stage)
        .sets("'key':'k','value':5", "{'k':5}")
        .cannotSet("'key':'k','check':true,'previous':6")
        .sets("'key':'k','check':true,'previous':5", "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'check':false,'previous':7", "'previous':7", "'check':false"})
  void withoutACheckThePreviousValueDoesNotMatter(String fields) {
    servers.same(stage -> Pair.on(stage).sets("'key':'k','value':5", "{'k':5}")
        .sets("'key':'k','value':6," + fields, "{'k':6}"));
  }

  @Test
  void onlyOneOfTwoThatCheckSucceeds() {
    servers.same(stage -> {
      Pair pair = Pair.on(stage).sets("'key':'lock','value':'a','check':true", "{'lock':'a'}");
      pair.bert().asks("room_status", "'room':'<r>','key':'lock','value':'b','check':true")
          .isRefused(UNEXPECTED_STATE);
      pair.anna().getsNothingMore();
      pair.sets("'key':'lock'", "{}");
      pair.bert().asks("room_status", "'room':'<r>','key':'lock','value':'b','check':true")
          .isAnswered();
      pair.anna().gets("{'type':'room_update','room':'<r>','status':{'lock':'b'}}");
    });
  }

  @Test
  void onlyMembersMaySetIt() {
    servers.same(stage -> {
      Pair pair = Pair.on(stage);
      Caller.on(stage, "cora")
          .asks("room_status", "'room':'<r>','key':'k','value':1")
          .isRefused("You are not in the room")
          .asks("room_status", "'room':'<s>','key':'k','value':1")
          .isRefused("Room does not exist");
      pair.anna().getsNothingMore();
    });
  }
}
