package dev.parley.conformance.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.differential.Differential;
import dev.parley.testkit.Frame;
import dev.parley.testkit.Scene;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All deliberate differences between Parley and the original: each by name, with the behaviour of
 * the original, where it can be shown quickly, and that of Parley. One more difference is ignored:
 * {@link StatusAnswers}.
 */
@ParameterizedClass(autoCloseArguments = false)
@ArgumentsSource(Counterparts.Parley.class)
@Execution(ExecutionMode.CONCURRENT)
class ImprovementsTest {

  private static final String MUTE = "{'type':'error','error':{}}";
  private static final String NO_TID = "{'type':'error','error':'Missing tid in message'}";
  private static final String INVITE_BERT = "'room':'<r>','user':'<bert>','data':{}";

  private final Differential<ServerOptions> servers;

  ImprovementsTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  private void onOriginal(Scene scene) {
    servers.onOriginal(ServerOptions.alone("improvements"), scene);
  }

  private void onParley(Scene scene) {
    servers.onParley(ServerOptions.SHARED, scene);
  }

  // ---- broken messages

  @ParameterizedTest
  @ValueSource(strings = {"{", "", " ", "nope", "[", "{\"type\":}", "{'type':'ping','tid':1}",
    "{\"type\":\"ping\",\"tid\":1} x", "{\"type\":\"ping\",\"tid\":01}"})
  void whatIsNoJsonIsAnErrorAndTheConnectionLivesOn(String broken) {
    onParley(stage -> {
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      stage.passes();
      anna.actor().client().text(broken);
      anna.gets("{'type':'error','error':'<?text>'}")
          .asks("ping").isAnswered().getsNothingMore();
      bert.asks("room_leave", "'room':'<r>'").isAnswered();
      anna.gets("{'type':'room_peer_rm','room':'<r>','user':'<bert>'}");
      anna.leaves();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "", "null", "{\"type\":\"constructor\",\"tid\":1}"})
  void theOriginalGoesMuteInstead(String broken) {
    onOriginal(stage -> {
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      stage.passes();
      anna.actor().client().text(broken);
      anna.gets(MUTE).asks("room_peer_to", INVITE_BERT.replace("'data'", "'event':'e','data'"));
      bert.gets("{'type':'room_peer_from','room':'<r>','user':'<anna>','event':'e','data':{}}");
      assertThat(anna.actor().reads()).isEmpty();
      anna.vanishes();
      bert.gets("{'type':'room_peer_rm','room':'<r>','user':'<anna>'}");
    });
  }

  @Test
  void nullIsNoObjectLikeAnyOther() {
    onParley(stage -> Caller.on(stage, "anna").sends("null").gets(NO_TID)
        .asks("ping").isAnswered().getsNothingMore());
  }

  @Test
  void anArrayIsNoType() {
    String message = "{'type':['ping'],'tid':1}";
    onOriginal(stage -> Caller.on(stage, "anna").sends(message)
        .gets("{'type':'answer','tid':1,'error':'Type mismatch in message'}"));
    onParley(stage -> Caller.on(stage, "anna").sends(message)
        .gets("{'type':'answer','tid':1,'error':'Unknown command'}"));
  }

  @Test
  void aStatusThatIsTooDeepHarmsNobody() {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);
    onParley(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      anna.asks("status", "'status':" + deep).gets(1).asks("ping").isAnswered();
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      bert.asks("ping").isAnswered().getsNothingMore();
    });
  }

  @Test
  void numbersKeepTheirDigits() {
    Scene scene = stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      stage.passes();
      anna.asks("room_peer_to",
          "'room':'<r>','user':'<bert>','event':'e','data':{'n':12345678901234567890}")
          .isAnswered();
      bert.gets("{'type':'room_peer_from','room':'<r>','user':'<anna>','event':'e',"
          + "'data':{'n':<n>}}");
    };
    onOriginal(stage -> scene.play(stage.names("n", "12345678901234567000")));
    onParley(stage -> scene.play(stage.names("n", "12345678901234567890")));
  }

  // ---- special names of JavaScript

  @ParameterizedTest
  @ValueSource(strings = {"constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"})
  void namesAreJustNames(String name) {
    servers.onParley(ServerOptions.alone("names"), stage -> {
      Caller anna = Caller.on(stage, "anna");
      Caller bert = Caller.on(stage, "bert");
      String room = "'room':'" + name + "'";
      String namespace = "'namespace':'" + name + "'";
      anna.sends("{'type':'" + name + "','tid':0}")
          .gets("{'type':'answer','tid':0,'error':'Unknown command'}")
          .sends("{'type':'ping','tid':0,'" + name + "':1}")
          .gets("{'type':'answer','tid':0,'error':'Unexpected field in message'}")
          .asks("room_leave", room).isRefused("Room does not exist")
          .asks("ns_unsubscribe", namespace).isRefused("Namespace does not exist")
          .asks("invite_send", "'room':'<r>','user':'" + name + "','data':{}")
          .isRefused("Unknown recipient")
          .asks("room_join", room).isAnswered("{" + room + ",'peers':{},'status':{}}")
          .asks("room_peer_to", room + ",'user':'" + name + "','event':'e','data':{}")
          .isRefused("Unknown recipient")
          .asks("ns_subscribe", namespace).isAnswered("{'users':{},'rooms':{}}");
      bert.does("room_join", room + ",'status':{'" + name + "':{'a':1}}")
          .does("room_status", room + ",'check':true,'value':1,'key':'" + name + "'");
      anna.does("ns_room_register", namespace + "," + room);
      anna.asks("room_leave", room).isAnswered();
      anna.asks("room_join", room)
          .gets("{'type':'ns_room_peer_add'," + namespace + "," + room
              + ",'user':'<anna>','pending':false,'status':{}}")
          .isAnswered("{" + room + ",'status':{'" + name + "':1},"
              + "'peers':{'<bert>':{'pending':false,'status':{'" + name + "':{'a':1}}}}}");
    });
  }

  @Test
  void theOriginalStumblesOverNames() {
    onOriginal(stage -> Caller.on(stage, "anna").joins("<r>")
        .asks("room_peer_to", "'room':'<r>','user':'constructor','event':'e','data':{}")
        .gets("{'type':'answer','tid':2,'error':'<?nonsense>'}")
        .asks("room_status", "'room':'<r>','key':'toString','value':1,'check':true")
        .isRefused("Status not in expected state")
        .sends("{'type':'ping','tid':5,'constructor':1}").gets("{'type':'answer','tid':5}"));
  }

  // ---- refusals have no effect

  @Test
  void aRefusedInvitationIsForgotten() {
    Scene refused = stage -> {
      Caller anna = Caller.on(stage, "anna");
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      anna.asks("invite_send", INVITE_BERT).isRefused("User is already in room");
      anna.vanishes();
      bert.asks("ping").isAnswered();
    };
    onOriginal(stage -> {
      refused.play(stage);
      stage.actor("bert").gets("{'type':'invite_cancelled','handle':0}").getsNothingMore();
    });
    onParley(stage -> {
      Caller watch = Caller.on(stage, "watch").does("ns_subscribe", "'namespace':'<n>'");
      Caller anna = Caller.on(stage, "anna").does("ns_user_register", "'namespace':'<n>'");
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      stage.passes();
      anna.asks("invite_send", INVITE_BERT).isRefused("User is already in room");
      anna.vanishes();
      watch.gets("{'type':'ns_user_rm','namespace':'<n>','user':'<anna>'}");
      bert.getsNothingMore();
      bert.asks("invite_accept", "'handle':0,'status':{}")
          .isRefused("Invalid invitation handle");
    });
  }

  @Test
  void aRefusedRegistrationMakesNoNamespace() {
    Scene refused = stage -> Caller.on(stage, "anna")
        .asks("ns_room_register", "'namespace':'<n>','room':'<r>'")
        .isRefused("Room does not exist")
        .asks("ns_unsubscribe", "'namespace':'<n>'");
    onOriginal(stage -> {
      refused.play(stage);
      stage.actor("anna")
          .gets("{'type':'answer','tid':2,'error':'User was not subscribed to namespace'}");
    });
    onParley(stage -> {
      refused.play(stage);
      stage.actor("anna")
          .gets("{'type':'answer','tid':2,'error':'Namespace does not exist'}");
    });
  }

  // ---- ended rooms and sessions

  @Test
  void anEmptyRoomThatIsRegisteredLeavesItsNamespacesWhenItEnds() {
    String subscription = "'namespace':'<n>'";
    Scene registered = stage -> {
      Caller.on(stage, "anna").asks("ns_subscribe", subscription)
          .isAnswered("{'users':{},'rooms':{}}");
      // In one packet, as the room expires at once.
      Caller.on(stage, "bert").joins("<r>").asks("room_leave", "'room':'<r>'")
          .asks("ns_room_register", subscription + ",'room':'<r>'")
          .gets("{'type':'answer','tid':2}", "{'type':'answer','tid':3}");
      stage.actor("anna").gets("{'type':'ns_room_add','namespace':'<n>','room':'<r>',"
          + "'status':{},'peers':{}}");
    };
    servers.onOriginal(ServerOptions.FORGETFUL, stage -> {
      registered.play(stage);
      RoomTimeoutTest.afterTheTimeout(stage);
      Caller.on(stage, "cora").asks("ns_subscribe", subscription)
          .isAnswered("{'users':{},'rooms':{'<r>':{'status':{},'peers':{}}}}");
      stage.actor("anna").getsNothingMore();
    });
    servers.onParley(ServerOptions.FORGETFUL, stage -> {
      registered.play(stage);
      stage.actor("anna").gets("{'type':'ns_room_rm','namespace':'<n>','room':'<r>'}");
      Caller.on(stage, "cora").asks("ns_subscribe", subscription)
          .isAnswered("{'users':{},'rooms':{}}");
    });
  }

  // ---- strict checks

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"1|'1'", "1|true", "0|''", "0|false",
    "''|false", "[1]|['1']", "{'a':1}|{'a':'1'}", "'1'|1"})
  void aCheckTellsValuesOfDifferentTypesApart(String value, String previous) {
    Scene scene = stage -> Caller.on(stage, "anna")
        .does("room_join", "'room':'<r>'")
        .does("room_status", "'room':'<r>','key':'k','value':" + value)
        .asks("room_status", "'room':'<r>','key':'k','value':7,'check':true,'previous':"
            + previous);
    onOriginal(stage -> {
      scene.play(stage);
      stage.actor("anna").gets("{'type':'answer','tid':3}");
    });
    onParley(stage -> {
      scene.play(stage);
      stage.actor("anna")
          .gets("{'type':'answer','tid':3,'error':'Status not in expected state'}");
    });
  }

  @Test
  void aCheckTellsNullAndAbsentApart() {
    String unexpected = "Status not in expected state";
    onOriginal(stage -> Caller.on(stage, "anna").joins("<r>")
        .does("room_status", "'room':'<r>','key':'k','value':1,'check':true,'previous':null"));
    onParley(stage -> Caller.on(stage, "anna").joins("<r>")
        .asks("room_status", "'room':'<r>','key':'k','value':1,'check':true,'previous':null")
        .isRefused(unexpected)
        .asks("room_status", "'room':'<r>','key':'k','value':null,'check':true").isAnswered()
        .asks("room_status", "'room':'<r>','key':'k','value':1,'check':true")
        .isRefused(unexpected)
        .asks("room_status", "'room':'<r>','key':'k','value':1,'check':true,'previous':null")
        .isAnswered());
  }

  // ---- invitations

  @Test
  void nullIsAnEmptyStatusInAnAcceptanceToo() {
    Scene accepted = stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert");
      anna.does("invite_send", INVITE_BERT);
      bert.asks("invite_accept", "'handle':0,'status':null").isAnswered();
      anna.gets("{'type':'invite_response','handle':0,'accepted':true}");
    };
    onOriginal(stage -> {
      accepted.play(stage);
      stage.actor("anna").gets("{'type':'room_peer_rm','room':'<r>','user':'<bert>'}");
    });
    onParley(stage -> {
      accepted.play(stage);
      stage.actor("anna")
          .gets("{'type':'room_peer_update','room':'<r>','user':'<bert>','pending':false}",
              "{'type':'room_peer_update','room':'<r>','user':'<bert>','status':{}}");
    });
  }

  @Test
  void whatHasBeenAnsweredHasBeenDone() {
    onParley(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert");
      anna.does("invite_send", INVITE_BERT);
      bert.asks("invite_deny", "'handle':0").asks("room_join", "'room':'<r>'");
      bert.gets("{'type':'answer','tid':1}", "{'type':'answer','tid':2,'data':{'room':'<r>',"
          + "'status':{},'peers':{'<anna>':{'pending':false,'status':{}}}}}").getsNothingMore();
    });
  }

  // ---- silence

  @Test
  void whoMeetsItsTimeoutIsClosedAndGone() {
    Scene silent = stage -> {
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      stage.passes();
      anna.asks("remote_timeout", "'time':300").isAnswered();
      bert.gets("{'type':'room_peer_rm','room':'<r>','user':'<anna>'}");
    };
    onOriginal(stage -> {
      silent.play(stage);
      stage.actor("anna").sends("{'type':'room_join','tid':2,'room':'<r>'}");
      stage.actor("bert").gets("{'type':'room_peer_add','room':'<r>','user':'<anna>',"
          + "'pending':false,'status':{}}");
      stage.actor("anna").vanishes();
    });
    onParley(stage -> {
      silent.play(stage);
      Frame end = stage.actor("anna").client().awaitClosed();
      assertThat(end.closeCode()).isNotEqualTo(Frame.LOST);
    });
  }

  @Test
  void noClientIsFloodedWithPings() {
    onParley(stage -> {
      Caller anna = Caller.on(stage, "anna").asks("remote_ping", "'time':0").gets(1);
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
      assertThat(anna.actor().reads()).hasSizeLessThan(50);
      anna.asks("ping");
      anna.vanishes();
    });
  }
}
