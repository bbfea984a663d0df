package dev.parley.conformance.peerjs;

import static dev.parley.conformance.peerjs.PeerJsSteps.join;
import static dev.parley.conformance.peerjs.PeerJsSteps.joinAs;
import static dev.parley.conformance.peerjs.PeerJsSteps.path;
import static dev.parley.conformance.peerjs.PeerJsSteps.untilGone;

import dev.parley.conformance.differential.Differential;
import dev.parley.testkit.Actor;
import dev.parley.testkit.Frame;
import dev.parley.testkit.Scene;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All deliberate differences between Parley and the original: each by name, with the behaviour of
 * Parley, and, where it can be shown quickly, that of the original.
 */
@SideBySide
class ImprovementsTest {

  private static final String OPEN = "{'type':'OPEN'}";
  private static final String TAKEN = "{'type':'ID-TAKEN','payload':{'msg':'ID is taken'}}";
  private static final int SUPERSEDED = 4001;
  private static final int NOT_TEXT = 1003;
  private static final int TOO_BIG = 1009;

  private final Differential<ServerOptions> servers;

  ImprovementsTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  private void onParley(Scene scene) {
    servers.onParley(ServerOptions.SHARED, scene);
  }

  private void onOriginal(Scene scene) {
    servers.onOriginal(ServerOptions.SHARED, scene);
  }

  @Test
  void aClientOfAnotherVersionIsToldWhichAreSpoken() {
    Map<String, String> version = Map.of("Sec-WebSocket-Version", "12");
    onParley(stage -> stage.actor("anna").isRefused(426, path("<anna>", "t"), version));
    onOriginal(stage -> stage.actor("anna").isRefused(400, path("<anna>", "t"), version));
  }

  @Test
  void aReconnectIsToldThatItIsOpen() {
    onParley(stage -> {
      Actor old = joinAs(stage, "old", "<anna>", "token");
      Actor anna = stage.actor("new").connects(path("<anna>", "token")).gets(OPEN);
      old.isClosed(SUPERSEDED);
      Actor bert = join(stage, "bert");
      bert.sends("{'type':'OFFER','dst':'<anna>'}");
      anna.gets("{'type':'OFFER','src':'<bert>','dst':'<anna>'}").getsNothingMore();
    });
    onOriginal(stage -> {
      Actor old = joinAs(stage, "old", "<anna>", "token");
      Actor anna = stage.actor("new").connects(path("<anna>", "token")).getsNothingMore();
      old.isStillConnected();
      Actor bert = join(stage, "bert");
      bert.sends("{'type':'OFFER','dst':'<anna>'}");
      anna.gets("{'type':'OFFER','src':'<bert>','dst':'<anna>'}").getsNothingMore();
    });
  }

  @Test
  void anIdWhoseClientIsCutOffIsHeldForItsToken() {
    onParley(stage -> {
      Actor anna = joinAs(stage, "old", "<anna>", "token");
      Actor bert = join(stage, "bert");
      anna.vanishes();
      untilGone(stage, "<anna>");
      stage.actor("thief").connects(path("<anna>", "another")).gets(TAKEN)
          .isClosed(Frame.WITHOUT_CODE);
      bert.sends("{'type':'OFFER','dst':'<anna>'}").settles();
      joinAs(stage, "new", "<anna>", "token")
          .gets("{'type':'OFFER','src':'<bert>','dst':'<anna>'}");
    });
    onOriginal(stage -> {
      Actor anna = joinAs(stage, "old", "<anna>", "token");
      Actor bert = join(stage, "bert");
      anna.vanishes();
      untilGone(stage, "<anna>");
      Actor thief = joinAs(stage, "thief", "<anna>", "another");
      bert.sends("{'type':'OFFER','dst':'<anna>'}");
      thief.gets("{'type':'OFFER','src':'<bert>','dst':'<anna>'}");
    });
  }

  @Test
  void aReconnectNeedsNoFreePlace() {
    ServerOptions full = ServerOptions.SHARED.concurrentLimit(1).alone("reconnect at the limit");
    servers.onParley(full, stage -> {
      Actor old = joinAs(stage, "old", "<anna>", "token");
      stage.actor("new").connects(path("<anna>", "token")).gets(OPEN);
      old.isClosed(SUPERSEDED);
      stage.actor("late").connects(path("<bert>", "t"))
          .gets(
              "{'type':'ERROR','payload':{'msg':'Server has reached its concurrent user limit'}}");
    });
  }

  @Test
  void aReconnectKeepsTheIdWhenTheOldSocketEndsLater() {
    onParley(stage -> {
      Actor old = joinAs(stage, "old", "<anna>", "token");
      Actor anna = stage.actor("new").connects(path("<anna>", "token")).gets(OPEN);
      old.isClosed(SUPERSEDED);
      stage.actor("thief").connects(path("<anna>", "another")).gets(TAKEN);
      anna.leaves();
      untilGone(stage, "<anna>");
      joinAs(stage, "heir", "<anna>", "another").getsNothingMore();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "", "null", "5", "\"x\"", "true", "{\"type\":\"OFFER\"} x",
    "{\"type\":}", "{'type':'OFFER'}\u0000", "[", "{\"a\":01}", "{\"type\":\"OFFER\",}"})
  void whatIsNoMessageIsIgnoredAndTheSocketLivesOn(String broken) {
    onParley(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.client().text(broken);
      anna.sends("{'type':'OFFER','dst':'<bert>'}");
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>'}").getsNothingMore();
      anna.getsNothingMore().leaves();
      untilGone(stage, "<anna>");
    });
  }

  @Test
  void theOriginalGoesDeafInstead() {
    onOriginal(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.client().text("{");
      anna.sends("{'type':'OFFER','dst':'<bert>'}");
      bert.sends("{'type':'OFFER','dst':'<anna>'}");
      anna.gets("{'type':'OFFER','src':'<bert>','dst':'<anna>'}");
      anna.vanishes();
      bert.settles();
      stage.actor("thief").connects(path("<anna>", "another")).gets(TAKEN);
      if (!bert.client().texts().equals(java.util.List.of("{\"type\":\"OPEN\"}"))) {
        throw new AssertionError("it was read: " + bert.client());
      }
    });
  }

  /** ERROR is fatal for every client of this protocol. */
  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "[{'type':'OFFER'}]", "{'type':5}", "{'type':null}",
    "{'type':['OFFER']}", "{'dst':'<bert>','payload':1}", "{'ping':'once'}", "{'type':'PING'}",
    "{'type':'OFFER','dst':true}", "{'type':'OFFER','dst':{'a':1}}"})
  void bothSayNothingToAMessageWithoutTypeOrWithARecipientThatIsNone(String message) {
    servers.same(ServerOptions.SHARED, stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.sends(message);
      anna.getsNothingMore();
      bert.getsNothingMore();
      anna.sends("{'type':'OFFER','dst':'<bert>'}");
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>'}");
    });
  }

  @Test
  void aNumberAsRecipientIsItsText() {
    Scene callANumber = stage -> {
      Actor peer = joinAs(stage, "peer", "77", "t");
      join(stage, "anna").sends("{'type':'OFFER','dst':77}").settles();
      peer.settles();
    };
    servers.onParley(ServerOptions.EXPIRING.alone("a number"), stage -> {
      callANumber.play(stage);
      stage.actor("peer").gets("{'type':'OFFER','src':'<anna>','dst':'77'}").getsNothingMore();
      stage.actor("anna").getsNothingMore();
    });
    servers.onOriginal(ServerOptions.EXPIRING.alone("a number"), stage -> {
      callANumber.play(stage);
      stage.actor("anna").gets("{'type':'EXPIRE','src':77,'dst':'<anna>'}");
      stage.actor("peer").getsNothingMore();
    });
  }

  @Test
  void anEndNeverEvictsTheNewOwnerOfAnId() {
    Scene upToTheEnd = stage -> {
      Actor anna = join(stage, "anna");
      anna.sends("{'type':'LEAVE'}");
      untilGone(stage, "<anna>");
      joinAs(stage, "heir", "<anna>", "another");
      anna.leaves();
    };
    onParley(stage -> {
      upToTheEnd.play(stage);
      Actor bert = join(stage, "bert");
      bert.sends("{'type':'OFFER','dst':'<anna>'}");
      stage.actor("heir").gets("{'type':'OFFER','src':'<bert>','dst':'<anna>'}");
      stage.actor("thief").connects(path("<anna>", "third")).gets(TAKEN);
    });
    onOriginal(stage -> {
      upToTheEnd.play(stage);
      untilGone(stage, "<anna>");
      Actor bert = join(stage, "bert");
      bert.sends("{'type':'OFFER','dst':'<anna>'}");
      stage.actor("heir").getsNothingMore();
    });
  }

  @Test
  void whoHasGivenUpItsIdSpeaksForNobody() {
    Scene leaveAndSend = stage -> {
      Actor bert = join(stage, "bert");
      Actor anna = join(stage, "anna");
      anna.sends("{'type':'LEAVE'}");
      untilGone(stage, "<anna>");
      anna.sends("{'type':'OFFER','dst':'<bert>'}");
      bert.settles();
    };
    onParley(stage -> {
      leaveAndSend.play(stage);
      stage.actor("bert").getsNothingMore();
      stage.actor("anna").isStillConnected();
    });
    onOriginal(stage -> {
      leaveAndSend.play(stage);
      stage.actor("bert").gets("{'type':'OFFER','src':'<anna>','dst':'<bert>'}");
    });
  }

  @Test
  void numbersKeepTheirDigits() {
    String message = "{'type':'OFFER','dst':'<bert>','payload':[12345678901234567890,1e400,0.10]}";
    onParley(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.sends(message);
      bert.gets(
          "{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':[12345678901234567890,1e400,0.1]}");
      String received = bert.client().texts().getLast();
      if (!received.endsWith("[12345678901234567890,1e400,0.10]}")) {
        throw new AssertionError("written otherwise: " + received);
      }
    });
    onOriginal(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.sends(message);
      bert.gets(
          "{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':[12345678901234567000,null,0.1]}");
    });
  }

  @Test
  void aMessageThatIsTooLargeEndsItsConnectionAlone() {
    onParley(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':'" + "x".repeat(256 * 1024) + "'}");
      anna.isClosed(TOO_BIG);
      untilGone(stage, "<anna>");
      bert.getsNothingMore().isStillConnected();
    });
    onOriginal(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':'" + "x".repeat(256 * 1024) + "'}");
      bert.gets(1);
    });
  }

  @Test
  void aMessageThatIsTooLargeInItsFramesEndsItsConnection() {
    onParley(stage -> {
      Actor anna = join(stage, "anna");
      String part = "x".repeat(100 * 1024);
      anna.sendsInFrames("{'type':'OFFER','payload':'" + part, part, part + "'}");
      anna.isClosed(TOO_BIG);
    });
  }

  @Test
  void binaryMessagesThatAreNoneEndTheConnection() {
    onParley(stage -> {
      Actor anna = join(stage, "anna");
      anna.client().binary(new byte[] {0, (byte) 0xFF, 1});
      anna.isClosed(NOT_TEXT);
      untilGone(stage, "<anna>");
    });
  }

  @Test
  void whatIsNotKeptForAnAbsentPeerIsReportedAtOnce() {
    int kept = 500;
    onParley(stage -> {
      Actor anna = join(stage, "anna");
      for (int i = 0; i < kept; i++) {
        anna.sends("{'type':'CANDIDATE','dst':'<bert>','payload':" + i + "}");
      }
      anna.getsNothingMore();
      anna.sends("{'type':'CANDIDATE','dst':'<bert>','payload':'one too many'}");
      anna.gets("{'type':'EXPIRE','src':'<bert>','dst':'<anna>'}").getsNothingMore();
      Actor bert = join(stage, "bert");
      for (int i = 0; i < kept; i++) {
        bert.gets("{'type':'CANDIDATE','src':'<anna>','dst':'<bert>','payload':" + i + "}");
      }
      bert.getsNothingMore();
    });
  }

  @Test
  void aHalfOpenSocketDoesNotKeepAnIdBeyondTheAliveTimeout() {
    servers.onParley(ServerOptions.MORTAL, stage -> {
      Actor anna = join(stage, "anna");
      anna.client().ignorePings();
      untilGone(stage, "<anna>");
      joinAs(stage, "anna again", "<anna>", "token-of-anna").getsNothingMore();
      anna.isClosed(Frame.WITHOUT_CODE);
    });
  }

  @Test
  void aMessageThatIsNestedTooDeeplyIsIgnored() {
    String deep = "[".repeat(64) + "]".repeat(64);
    onParley(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':" + deep + "}");
      anna.getsNothingMore();
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':" + deep.substring(1, 127) + "}");
      bert.gets(1).getsNothingMore();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00", "a%0Ab", "%E2%80%A8", "%7F"})
  void anIdWithControlCharactersIsRefused(String id) {
    onParley(stage -> stage.actor("anna").connects(path("<anna>" + id, "t"))
        .gets("{'type':'ERROR','payload':{'msg':'Invalid id: it has control characters'}}")
        .isClosed(Frame.WITHOUT_CODE));
    onOriginal(stage -> joinAs(stage, "anna", "<anna>" + id, "t").getsNothingMore());
  }

  @Test
  void anIdThatIsTooLongIsRefused() {
    onParley(stage -> stage.actor("anna").connects(path("x".repeat(129), "t"))
        .gets("{'type':'ERROR','payload':{'msg':'Invalid id: longer than 128 characters'}}")
        .isClosed(Frame.WITHOUT_CODE));
    servers.same(stage -> joinAs(stage, "anna", "<anna>" + "x".repeat(100), "t"));
  }
}
