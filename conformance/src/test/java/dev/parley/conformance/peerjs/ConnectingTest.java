package dev.parley.conformance.peerjs;

import static dev.parley.conformance.peerjs.PeerJsSteps.join;
import static dev.parley.conformance.peerjs.PeerJsSteps.joinAs;
import static dev.parley.conformance.peerjs.PeerJsSteps.path;
import static dev.parley.conformance.peerjs.PeerJsSteps.untilGone;

import dev.parley.conformance.differential.Differential;
import dev.parley.testkit.Actor;
import dev.parley.testkit.Frame;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Admission of clients, and the answers to those that are refused. */
@SideBySide
class ConnectingTest {

  private static final String OPEN = "{'type':'OPEN'}";
  private static final String MISSING =
      "{'type':'ERROR','payload':{'msg':'No id, token, or key supplied to websocket server'}}";
  private static final String WRONG_KEY =
      "{'type':'ERROR','payload':{'msg':'Invalid key provided'}}";
  private static final String FULL =
      "{'type':'ERROR','payload':{'msg':'Server has reached its concurrent user limit'}}";
  private static final String TAKEN = "{'type':'ID-TAKEN','payload':{'msg':'ID is taken'}}";

  private final Differential<ServerOptions> servers;

  ConnectingTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "?key=peerjs", "?key=peerjs&id=<anna>", "?key=peerjs&token=t",
    "?id=<anna>&token=t", "?key=&id=<anna>&token=t", "?key=peerjs&id=&token=t",
    "?key=peerjs&id=<anna>&token=", "?key=peerjs&id=<anna>&token", "?KEY=peerjs&id=<anna>&token=t",
    "?key=wrong&id=<anna>"})
  void aMissingParameterIsAnError(String query) {
    servers.same(stage -> {
      Actor anna = stage.actor("anna").connects("/peerjs" + query);
      anna.gets(MISSING).isClosed(Frame.WITHOUT_CODE);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "PEERJS", "peerjs%20", "constructor"})
  void anotherKeyIsAnError(String key) {
    servers.same(stage -> {
      Actor anna = stage.actor("anna").connects("/peerjs?key=" + key + "&id=<anna>&token=t");
      anna.gets(WRONG_KEY).isClosed(Frame.WITHOUT_CODE);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"<anna>;1", "<anna>+1", "<anna>%2B1", "<anna>%FF", "<anna>%ED%A0%80",
    "<anna>%F0%9F%98%80", "none&id=<anna>=1", "<anna>&&=x&;id=none", "<anna>'(1)*~"})
  void aQueryIsReadAsABrowserReadsIt(String id) {
    servers.same(stage -> {
      Actor anna =
          stage.actor("anna").connects("/peerjs?key=peerjs&token=abc;1&id=" + id).gets(OPEN);
      stage.actor("thief").connects("/peerjs?key=peerjs&token=abc;2&id=" + id).gets(TAKEN)
          .isClosed(Frame.WITHOUT_CODE);
      Actor bert = join(stage, "bert");
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':1}");
      // Its src shows the decoded id.
      bert.gets(1);
    });
  }

  @Test
  void theKeyIsCheckedBeforeTheId() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      stage.actor("thief").connects("/peerjs?key=wrong&id=<anna>&token=t").gets(WRONG_KEY)
          .isClosed(Frame.WITHOUT_CODE);
      anna.getsNothingMore();
    });
  }

  @Test
  void aKeyOfTheServersOwnIsTheOnlyOne() {
    servers.same(ServerOptions.SHARED.key("secret"), stage -> {
      stage.actor("anna").connects("/peerjs?key=secret&id=<anna>&token=t").gets(OPEN);
      stage.actor("bert").connects(path("<bert>", "t")).gets(WRONG_KEY)
          .isClosed(Frame.WITHOUT_CODE);
    });
  }

  @Test
  void aTakenIdIsRefusedAndItsOwnerNotDisturbed() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      stage.actor("thief").connects(path("<anna>", "another")).gets(TAKEN)
          .isClosed(Frame.WITHOUT_CODE);
      bert.sends("{'type':'OFFER','dst':'<anna>'}");
      anna.gets("{'type':'OFFER','src':'<bert>','dst':'<anna>'}");
    });
  }

  @Test
  void idsDifferByCase() {
    servers.same(stage -> {
      Actor lower = joinAs(stage, "lower", "<x>a", "t");
      Actor upper = joinAs(stage, "upper", "<x>A", "u");
      lower.sends("{'type':'OFFER','dst':'<x>A'}");
      upper.gets("{'type':'OFFER','src':'<x>a','dst':'<x>A'}");
    });
  }

  @Test
  void anIdIsFreeAgainWhenItsOwnerHasLeft() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      anna.leaves();
      untilGone(stage, "<anna>");
      joinAs(stage, "heir", "<anna>", "another").getsNothingMore();
    });
  }

  @Test
  void anIdIsFreeForItsTokenWhenItsOwnerIsCutOff() {
    servers.same(stage -> {
      Actor anna = joinAs(stage, "anna", "<anna>", "token");
      anna.vanishes();
      untilGone(stage, "<anna>");
      joinAs(stage, "anna again", "<anna>", "token").getsNothingMore();
    });
  }

  @Test
  void aPlaceBeyondTheLimitIsRefusedAndFreeAgainWhenSomebodyLeaves() {
    servers.same(ServerOptions.SHARED.concurrentLimit(2).alone("limit"), stage -> {
      Actor anna = join(stage, "anna");
      join(stage, "bert");
      stage.actor("cora").connects(path("<cora>", "t")).gets(FULL).isClosed(Frame.WITHOUT_CODE);
      anna.leaves();
      untilGone(stage, "<anna>");
      join(stage, "cora").getsNothingMore();
    });
  }

  @Test
  void atTheLimitATakenIdIsStillCalledTakenAndAWrongKeyWrong() {
    servers.same(ServerOptions.SHARED.concurrentLimit(1).alone("order of checks"), stage -> {
      join(stage, "anna");
      stage.actor("thief").connects(path("<anna>", "another")).gets(TAKEN)
          .isClosed(Frame.WITHOUT_CODE);
      stage.actor("stranger").connects("/peerjs?key=wrong&id=<x>&token=t").gets(WRONG_KEY)
          .isClosed(Frame.WITHOUT_CODE);
      stage.actor("nobody").connects("/peerjs?key=peerjs&id=<x>").gets(MISSING)
          .isClosed(Frame.WITHOUT_CODE);
      stage.actor("late").connects(path("<x>", "t")).gets(FULL).isClosed(Frame.WITHOUT_CODE);
    });
  }

  @Test
  void givingUpTheIdGivesUpThePlace() {
    servers.same(ServerOptions.SHARED.concurrentLimit(1).alone("leave"), stage -> {
      Actor anna = join(stage, "anna");
      anna.sends("{'type':'LEAVE'}");
      untilGone(stage, "<anna>");
      join(stage, "bert");
      stage.actor("cora").connects(path("<cora>", "t")).gets(FULL).isClosed(Frame.WITHOUT_CODE);
      anna.isStillConnected();
    });
  }

  @Test
  void ofARepeatedParameterTheLastCounts() {
    servers.same(stage -> {
      Actor anna = stage.actor("anna")
          .connects("/peerjs?key=wrong&id=<nobody>&token=t&key=peerjs&id=<anna>").gets(OPEN);
      Actor bert = join(stage, "bert");
      bert.sends("{'type':'OFFER','dst':'<anna>'}");
      anna.gets("{'type':'OFFER','src':'<bert>','dst':'<anna>'}");
    });
  }

  @Test
  void aPlusInAnIdIsASpace() {
    servers.same(stage -> {
      Actor anna = joinAs(stage, "anna", "<anna>+1%2B1", "t");
      Actor bert = join(stage, "bert");
      bert.sends("{'type':'OFFER','dst':'<anna> 1+1'}");
      anna.gets("{'type':'OFFER','src':'<bert>','dst':'<anna> 1+1'}");
    });
  }

  @Test
  void furtherParametersDoNotMatter() {
    servers.same(stage -> stage.actor("anna")
        .connects("/peerjs?version=1.5.5&key=peerjs&id=<anna>&token=t&x=y#f").gets(OPEN)
        .getsNothingMore());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/peerjs/", "/Peerjs", "/peerjs/peerjs", "/peerjs/id", "/other"})
  void anyOtherPathIsNoWebSocket(String path) {
    servers.same(stage -> stage.actor("anna").isRefused(400,
        path + "?key=peerjs&id=<anna>&token=t"));
  }

  @Test
  void underAPathOfItsOwnTheServerIsFoundThereAlone() {
    servers.same(ServerOptions.SHARED.at("/some/where"), stage -> {
      stage.actor("anna").connects("/some/where" + path("<anna>", "t")).gets(OPEN);
      stage.actor("bert").isRefused(400, path("<bert>", "t"));
      stage.actor("bert").isRefused(400, "/some/where?key=peerjs&id=<bert>&token=t");
    });
  }

  @Test
  void anyOriginMayConnect() {
    servers.same(stage -> {
      stage.actor("anna").connects(path("<anna>", "t"), Map.of("Origin", "https://a.example"))
          .gets(OPEN);
      stage.actor("bert").connects(path("<bert>", "t"), Map.of("Origin", "null")).gets(OPEN);
    });
  }

  @Test
  void whatASocketSaysBeforeItIsLetInCounts() {
    servers.same(stage -> {
      Actor bert = join(stage, "bert");
      stage.actor("anna").connects(path("<anna>", "t"))
          .sends("{'type':'OFFER','dst':'<bert>','payload':1}").gets(OPEN);
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':1}");
    });
  }
}
