package dev.parley.linkup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.Actor;
import dev.parley.testkit.Spread;
import dev.parley.testkit.waits.Waits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a linkup broker does for its clients, frame by frame. */
@ParameterizedClass
@EnumSource
class LinkupBrokerTest {

  private static final String OFFER = "{'type':'offer','sdp':'v=0'}";

  private final LinkupStage stage;

  LinkupBrokerTest(Spread spread) {
    stage = new LinkupStage(spread, LinkupOptions.DEFAULT);
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  // ---- requests and their answers

  @Test
  void givenAClient_whenItPings_thenItGetsPong() {
    stage.connected("a")
        .sends("{'jsonrpc':'2.0','id':'1','method':'ping','params':{}}")
        .gets("{'jsonrpc':'2.0','id':'1','result':'pong','error':null}");
  }

  @Test
  void givenARequestWithoutVersion_whenAnswered_thenTheAnswerHasNoneEither() {
    stage.connected("a")
        .sends("{'id':'1','method':'ping','params':{}}")
        .gets("{'id':'1','result':'pong','error':null}");
  }

  @Test
  void givenARequestWithoutParams_whenItNeedsNone_thenItIsAnswered() {
    stage.registered("a")
        .sends("{'id':1,'method':'ping'}", "{'id':2,'method':'unregister'}")
        .gets("{'id':1,'result':'pong','error':null}", "{'id':2,'result':null,'error':null}");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "5", "0", "-1.50", "12345678901234567890123", "\"x\"", "\"\\u00e4\"", "null", "true", "[1,{}]",
    "{\"a\":[ ]}"})
  void givenAnIdOfAnyType_whenAnswered_thenItComesBackByteForByte(String id) {
    Actor a = stage.connected("a").sends("{\"method\":\"ping\",\"id\":" + id + "}").gets(1);

    assertThat(a.client().messages().getLast())
        .isEqualTo("{\"id\":" + id + ",\"result\":\"pong\",\"error\":null}");
  }

  @Test
  void givenANotification_whenItIsNoSignal_thenItIsDoneAndNotAnswered() {
    stage.connected("a")
        .sends(
            "{'method':'ping'}", "{'method':'nosuch'}",
            "{'method':'register','params':{'id':'<a>'}}",
            "{'id':1,'method':'exists','params':{'id':'<a>'}}")
        .gets("{'id':1,'result':true,'error':null}")
        .getsNothingMore();
  }

  @Test
  void givenARequestWithMoreInIt_whenHandled_thenTheRestIsPassedOver() {
    stage.connected("a")
        .sends("{'x':[{'id':7}],'id':1,'params':{'y':{'id':'no'}},'method':'ping','z':null}")
        .gets("{'id':1,'result':'pong','error':null}");
  }

  // ---- who is there

  @Test
  void givenARegisteredPeer_whenLookedFor_thenExistsIsTrueAndFindIsItsId() {
    stage.registered("b");
    stage.connected("a")
        .sends(
            "{'jsonrpc':'2.0','id':1,'method':'exists','params':{'id':'<b>'}}",
            "{'jsonrpc':'2.0','id':2,'method':'find','params':{'id':'<b>'}}")
        .gets(
            "{'jsonrpc':'2.0','id':1,'result':true,'error':null}",
            "{'jsonrpc':'2.0','id':2,'result':'<b>','error':null}");
  }

  @Test
  void givenNobody_whenLookedFor_thenExistsIsFalseAndFindIsNull() {
    stage.connected("a")
        .sends(
            "{'id':1,'method':'exists','params':{'id':'<b>'}}",
            "{'id':2,'method':'find','params':{'id':'<b>'}}")
        .gets("{'id':1,'result':false,'error':null}", "{'id':2,'result':null,'error':null}");
  }

  @Test
  void givenAPeerThatHasClosed_whenLookedFor_thenItIsNotThere() {
    stage.registered("b").leaves();
    stage.connected("a")
        .sends("{'id':1,'method':'exists','params':{'id':'<b>'}}")
        .gets("{'id':1,'result':false,'error':null}");
  }

  // ---- register and unregister

  @Test
  void givenAnIdThatIsTaken_whenRegistered_thenItIsRefusedAndTheOwnerKeepsIt() {
    stage.registered("b");
    stage.connected("a")
        .sends("{'jsonrpc':'2.0','id':1,'method':'register','params':{'id':'<b>'}}")
        .gets(
            "{'jsonrpc':'2.0','id':1,'result':null,'error':"
                + "{'code':-32603,'message':'id \"<b>\" already taken','data':null}}");
  }

  @Test
  void givenARegisteredClient_whenItRegistersItsOwnIdAgain_thenItIsTold() {
    stage.registered("a")
        .sends("{'id':1,'method':'register','params':{'id':'<a>'}}")
        .gets("{'id':1,'result':'<a>','error':null}");
  }

  @Test
  void givenARegisteredClient_whenItRegistersAnotherId_thenItMoves() {
    stage.registered("a")
        .sends(
            "{'id':1,'method':'register','params':{'id':'<c>'}}",
            "{'id':2,'method':'exists','params':{'id':'<a>'}}",
            "{'id':3,'method':'exists','params':{'id':'<c>'}}")
        .getsInAnyOrder(
            "{'id':1,'result':'<c>','error':null}", "{'id':2,'result':false,'error':null}",
            "{'id':3,'result':true,'error':null}");
  }

  @Test
  void givenARegisteredClient_whenItWantsATakenId_thenItKeepsItsOwn() {
    stage.registered("b");
    stage.registered("a")
        .sends(
            "{'id':1,'method':'register','params':{'id':'<b>'}}",
            "{'id':2,'method':'exists','params':{'id':'<a>'}}")
        .gets(1)
        .gets("{'id':2,'result':true,'error':null}");
  }

  @Test
  void givenAnUnregisteredId_whenSomebodyElseRegistersIt_thenItIsTheirs() {
    stage.registered("b")
        .sends("{'jsonrpc':'2.0','id':1,'method':'unregister','params':{}}")
        .gets("{'jsonrpc':'2.0','id':1,'result':null,'error':null}");
    stage.connected("a")
        .sends("{'id':1,'method':'register','params':{'id':'<b>'}}")
        .gets("{'id':1,'result':'<b>','error':null}");
  }

  @Test
  void givenANobody_whenItUnregisters_thenThatIsFine() {
    stage.connected("a")
        .sends("{'id':1,'method':'unregister'}")
        .gets("{'id':1,'result':null,'error':null}");
  }

  @Test
  void givenALostConnection_whenSomebodyElseRegistersItsId_thenItIsTheirs() {
    Actor gone = stage.registered("b");
    gone.vanishes();
    Actor a = stage.connected("a");
    waitUntilFree(a);

    a.sends("{'id':'again','method':'register','params':{'id':'<b>'}}")
        .gets("{'id':'again','result':'<b>','error':null}");
  }

  private void waitUntilFree(Actor a) {
    Waits.until("the id to be free", () -> {
      a.sends("{'id':'free','method':'exists','params':{'id':'<b>'}}").gets(1);
      return !a.client().messages().getLast().contains("true");
    });
  }

  // ---- signals

  @Test
  void givenTwoPeers_whenOneSignals_thenTheOtherGetsTheSignalAsItWasSent() {
    Actor b = stage.registered("b");
    Actor a = stage.registered("a");
    String signal =
        "{\"type\":\"offer\", \"sdp\":\"v=0\\r\\n\\u00e4\",\"x\":[1.0,1e400,null],\"x\":2}";
    a.client()
        .text(
            "{\"method\":\"signal\",\"params\":{\"signal\":" + signal + ",\"to\":\"" + id(b)
                + "\",\"from\":\"" + id(a) + "\"},\"jsonrpc\":\"2.0\"}");

    assertThat(b.client().awaitTexts(2).getLast())
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"method\":\"signal\",\"params\":{\"from\":\"" + id(a)
                + "\",\"to\":\"" + id(b) + "\",\"signal\":" + signal + "}}");
  }

  private static String id(Actor actor) {
    return actor.client().messages().getFirst().replaceAll(".*\"result\":\"([^\"]*)\".*", "$1");
  }

  @Test
  void givenARecipientThatSpeaksWithoutVersion_whenSignalled_thenTheFrameHasNoneEither() {
    Actor b =
        stage.connected("b")
            .sends("{'id':1,'method':'register','params':{'id':'<b>'}}")
            .gets(1);
    stage.registered("a")
        .sends("{'method':'signal','params':{'from':'<a>','to':'<b>','signal':" + OFFER + "}}");
    b.gets("{'method':'signal','params':{'from':'<a>','to':'<b>','signal':" + OFFER + "}}");
  }

  @Test
  void givenManySignals_whenSent_thenTheyArriveInOrder() {
    Actor b = stage.registered("b");
    Actor a = stage.registered("a");
    for (int i = 0; i < 50; i++) {
      a.sends("{'method':'signal','params':{'from':'<a>','to':'<b>','signal':{'n':" + i + "}}}");
    }
    for (int i = 0; i < 50; i++) {
      b.gets(
          "{'jsonrpc':'2.0','method':'signal','params':{'from':'<a>','to':'<b>','signal':{'n':" + i
              + "}}}");
    }
  }

  @Test
  void givenASignalWithAnId_whenSomebodyIsThere_thenItIsConfirmed() {
    Actor b = stage.registered("b");
    stage.registered("a")
        .sends(
            "{'jsonrpc':'2.0','id':1,'method':'signal','params':{'from':'<a>','to':'<b>','signal':{}}}")
        .gets("{'jsonrpc':'2.0','id':1,'result':null,'error':null}");
    b.gets("{'jsonrpc':'2.0','method':'signal','params':{'from':'<a>','to':'<b>','signal':{}}}");
  }

  @Test
  void givenASignalWithAnId_whenNobodyIsThere_thenTheSenderIsTold() {
    stage.registered("a")
        .sends(
            "{'jsonrpc':'2.0','id':1,'method':'signal','params':{'from':'<a>','to':'<b>','signal':{}}}")
        .gets(
            "{'jsonrpc':'2.0','id':1,'result':null,'error':"
                + "{'code':-32603,'message':'Peer not found (<b>)','data':null}}");
  }

  @Test
  void givenASignalAsNotification_whenNobodyIsThere_thenNothingComesBack() {
    stage.registered("a")
        .sends("{'method':'signal','params':{'from':'<a>','to':'<b>','signal':{}}}")
        .getsNothingMore()
        .isStillConnected();
  }

  @Test
  void givenAForeignFrom_whenSignalled_thenItIsRefusedAndNotSent() {
    Actor b = stage.registered("b");
    stage.registered("a")
        .sends(
            "{'jsonrpc':'2.0','id':1,'method':'signal','params':{'from':'<m>','to':'<b>','signal':{}}}",
            "{'method':'signal','params':{'from':'<m>','to':'<b>','signal':{}}}")
        .gets(
            "{'jsonrpc':'2.0','id':1,'result':null,'error':{'code':-32603,'message':'Invalid id. "
                + "params.from (\"<m>\") does not match the id of the the connection (\"<a>\")',"
                + "'data':null}}");
    b.getsNothingMore();
  }

  @Test
  void givenANobody_whenItSignals_thenItIsRefused() {
    Actor b = stage.registered("b");
    stage.connected("a")
        .sends("{'id':1,'method':'signal','params':{'from':'<a>','to':'<b>','signal':{}}}")
        .gets(
            "{'id':1,'result':null,'error':{'code':-32603,'message':'Invalid id. params.from "
                + "(\"<a>\") does not match the id of the the connection (\"null\")','data':null}}");
    b.getsNothingMore();
  }

  @Test
  void givenAnUnregisteredClient_whenItSignalsWithItsOldId_thenItIsRefused() {
    Actor b = stage.registered("b");
    stage.registered("a")
        .sends(
            "{'id':1,'method':'unregister'}",
            "{'id':2,'method':'signal','params':{'from':'<a>','to':'<b>','signal':{}}}")
        .gets("{'id':1,'result':null,'error':null}")
        .gets(1);
    b.getsNothingMore();
  }

  @Test
  void givenAPeerThatSignalsItself_whenSent_thenItGetsTheSignal() {
    stage.registered("a")
        .sends(
            "{'jsonrpc':'2.0','method':'signal','params':{'from':'<a>','to':'<a>','signal':'x'}}")
        .gets(
            "{'jsonrpc':'2.0','method':'signal','params':{'from':'<a>','to':'<a>','signal':'x'}}");
  }

  // ---- the older envelope

  @Test
  void givenTheOlderForm_whenAsked_thenAnsweredInTheOlderForm() {
    stage.registeredInEnvelope("b");
    stage.registeredInEnvelope("a")
        .sends(
            "{'id':1,'message':{'type':'ping'}}",
            "{'id':2,'message':{'type':'find','id':'<b>'}}",
            "{'id':3,'message':{'type':'find','id':'<c>'}}",
            "{'id':4,'message':{'type':'unregister'}}")
        .getsInAnyOrder(
            "{'id':1,'message':'pong','error':null}", "{'id':2,'message':'<b>','error':null}",
            "{'id':3,'message':null,'error':null}", "{'id':4,'message':null,'error':null}");
  }

  @Test
  void givenTheOlderForm_whenSomethingIsWrong_thenTheErrorIsAText() {
    stage.registeredInEnvelope("b");
    stage.connected("a")
        .sends(
            "{'id':1,'message':{'type':'register','id':'<b>'}}",
            "{'id':2,'message':{'type':'nosuch'}}", "{'id':3,'message':{}}")
        .gets(
            "{'id':1,'message':null,'error':'id \"<b>\" already taken'}",
            "{'id':2,'message':null,'error':'Unknown message type \"nosuch\"'}",
            "{'id':3,'message':null,'error':'Unknown message type \"undefined\"'}");
  }

  @Test
  void givenTwoPeersOfTheOlderForm_whenOneSignals_thenTheOtherGetsIt() {
    Actor b = stage.registeredInEnvelope("b");
    stage.registeredInEnvelope("a")
        .sends("{'message':{'type':'signal','from':'<a>','to':'<b>','signal':'x'}}");
    b.gets("{'message':{'type':'signal','from':'<a>','to':'<b>','signal':'x'}}");
  }

  @Test
  void givenOnePeerOfEachForm_whenTheySignal_thenEachIsToldInItsOwn() {
    Actor old = stage.registeredInEnvelope("b");
    Actor released = stage.registered("a");

    released.sends("{'jsonrpc':'2.0','method':'signal','params':{'from':'<a>','to':'<b>','signal':"
        + OFFER + "}}");
    old.gets("{'message':{'type':'signal','from':'<a>','to':'<b>','signal':" + OFFER + "}}");
    old.sends("{'message':{'type':'signal','from':'<b>','to':'<a>','signal':'{}'}}");
    released.gets(
        "{'jsonrpc':'2.0','method':'signal','params':{'from':'<b>','to':'<a>','signal':'{}'}}");
  }

  @Test
  void givenAClientThatChangesItsForm_whenSignalled_thenTheLatestCounts() {
    Actor b = stage.registeredInEnvelope("b");
    b.sends("{'jsonrpc':'2.0','id':1,'method':'ping'}").gets(1);
    stage.registered("a")
        .sends("{'method':'signal','params':{'from':'<a>','to':'<b>','signal':1}}");
    b.gets("{'jsonrpc':'2.0','method':'signal','params':{'from':'<a>','to':'<b>','signal':1}}");
  }

  // ---- what is wrong

  @Test
  void givenAnUnknownMethod_whenAsked_thenTheErrorNamesIt() {
    stage.connected("a")
        .sends("{'jsonrpc':'2.0','id':1,'method':'nosuch','params':{}}")
        .gets(
            "{'jsonrpc':'2.0','id':1,'result':null,'error':{'code':-32601,"
                + "'message':'Method not found (\"nosuch\")','data':{'method':'nosuch'}}}");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "not json         | -32700",
    "{                | -32700",
    "{'id':1,}        | -32700",
    "{'id':1} x       | -32700",
    "''               | -32700",
    "[]               | -32600",
    "5                | -32600",
    "null             | -32600",
    "[{'id':1,'method':'ping'}] | -32600"})
  void givenWhatIsNoMessage_whenSent_thenAnErrorWithoutIdComesAndTheConnectionLives(
      String text, int code) {
    Actor a = stage.connected("a").sends(text).gets(1);

    assertThat(a.client().messages().getLast())
        .startsWith("{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":null,\"error\":{\"code\":" + code);
    a.sends("{'id':1,'method':'ping'}").gets("{'id':1,'result':'pong','error':null}");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{'id':1,'method':'register','params':{}}",
    "{'id':1,'method':'register'}",
    "{'id':1,'method':'register','params':{'id':5}}",
    "{'id':1,'method':'register','params':{'id':''}}",
    "{'id':1,'method':'register','params':['x']}",
    "{'id':1,'method':'exists','params':{'id':null}}",
    "{'id':1,'method':'find'}",
    "{'id':1,'method':'signal','params':{'to':'x','signal':{}}}",
    "{'id':1,'method':'signal','params':{'from':'<a>','signal':{}}}",
    "{'id':1,'method':'signal','params':{'from':'<a>','to':'x'}}"})
  void givenParamsThatWillNotDo_whenAsked_thenTheErrorSaysSo(String request) {
    Actor a = stage.registered("a").sends(request).gets(1);

    assertThat(a.client().messages().getLast()).contains("\"id\":1,", "\"code\":-32602,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'id':1}", "{'id':1,'method':5}", "{'id':1,'params':{}}"})
  void givenARequestWithoutMethod_whenSent_thenItIsInvalid(String request) {
    Actor a = stage.connected("a").sends(request).gets(1);

    assertThat(a.client().messages().getLast()).contains("\"id\":1,", "\"code\":-32600,");
  }

  @Test
  void givenAnAnswerToNothing_whenSent_thenItIsIgnored() {
    stage.connected("a")
        .sends(
            "{'jsonrpc':'2.0','id':'x','result':'pong','error':null}",
            "{'id':'y','message':'pong','error':null}")
        .getsNothingMore()
        .isStillConnected();
  }

  @Test
  void givenABinaryMessage_whenItIsJson_thenItIsTaken() {
    stage.connected("a")
        .sendsBinary("{'id':1,'method':'ping'}")
        .gets("{'id':1,'result':'pong','error':null}");
  }

  @Test
  void givenABinaryMessage_whenItIsNothing_thenTheConnectionIsClosed() {
    stage.connected("a").sendsBinary("garbage").isClosed(1003);
  }

  @Test
  void givenAnIdThatIsTooLong_whenRegistered_thenItIsRefused() {
    Actor a =
        stage.connected("a")
            .sends("{'id':1,'method':'register','params':{'id':'" + "x".repeat(200) + "'}}")
            .gets(1);

    assertThat(a.client().messages().getLast())
        .contains("\"code\":-32602,", "longer than 128 characters");
  }
}
