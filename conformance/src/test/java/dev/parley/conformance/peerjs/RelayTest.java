package dev.parley.conformance.peerjs;

import static dev.parley.conformance.peerjs.PeerJsSteps.join;
import static dev.parley.conformance.peerjs.PeerJsSteps.joinAs;

import dev.parley.conformance.differential.Differential;
import dev.parley.testkit.Actor;
import dev.parley.testkit.Frame;
import dev.parley.testkit.Frame.Opcode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages between connected clients. */
@SideBySide
class RelayTest {

  private final Differential<ServerOptions> servers;

  RelayTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  @Test
  void offerAnswerAndCandidatesGoBothWays() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':{'sdp':'v=0','connectionId':'dc_1'}}");
      bert.gets(
          "{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':{'sdp':'v=0','connectionId':'dc_1'}}");
      bert.sends("{'type':'ANSWER','dst':'<anna>','payload':{'sdp':'v=1'}}",
          "{'type':'CANDIDATE','dst':'<anna>','payload':{'candidate':''}}");
      anna.gets("{'type':'ANSWER','src':'<bert>','dst':'<anna>','payload':{'sdp':'v=1'}}",
          "{'type':'CANDIDATE','src':'<bert>','dst':'<anna>','payload':{'candidate':''}}");
      anna.getsNothingMore();
      bert.getsNothingMore();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"OFFER", "ANSWER", "CANDIDATE", "LEAVE", "EXPIRE"})
  void everyTypeReachesItsRecipientAloneWithItsPayload(String type) {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      Actor cora = join(stage, "cora");
      anna.sends("{'type':'" + type + "','dst':'<bert>','payload':{'n':1}}");
      bert.gets("{'type':'" + type + "','src':'<anna>','dst':'<bert>','payload':{'n':1}}");
      bert.sends("{'type':'" + type + "','dst':'<cora>'}");
      cora.gets("{'type':'" + type + "','src':'<bert>','dst':'<cora>'}");
      anna.getsNothingMore();
      cora.getsNothingMore();
    });
  }

  @Test
  void anyPayloadComesAsItWas() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      for (String payload : new String[] {"null", "0", "-1.5e3", "\"\"", "false", "true", "[]",
        "{}", "[1,[2,[3]]]", "{\"a\":{\"b\":{\"c\":[null,{}]}}}", "\"\\u0000\\n\\\"\\\\\\/\"",
        "\"\\ud83d\\ude00 \u00e4\u20ac\ud83d\ude00\"", "\"<!--</script>\"", "9007199254740991",
        "{\"type\":\"LEAVE\",\"dst\":\"x\",\"src\":\"y\"}", " [ 1 , 2 ] "}) {
        anna.sends("{\"type\":\"OFFER\",\"dst\":\"<bert>\",\"payload\":" + payload + "}");
        bert.gets("{\"type\":\"OFFER\",\"src\":\"<anna>\",\"dst\":\"<bert>\",\"payload\":" + payload
            + "}");
      }
      anna.sends("{'type':'OFFER','dst':'<bert>'}");
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>'}");
    });
  }

  @Test
  void nobodyCanSpeakForSomebodyElse() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      join(stage, "cora");
      anna.sends("{'type':'OFFER','src':'<cora>','dst':'<bert>','payload':1}",
          "{'src':5,'payload':2,'dst':'<bert>','type':'OFFER'}");
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':1}",
          "{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':2}");
    });
  }

  @Test
  void furtherFieldsAreDropped() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.sends(
          "{'id':7,'type':'CANDIDATE','extra':{'deep':[1]},'dst':'<bert>','payload':{'x':1},'to':'y'}");
      bert.gets("{'type':'CANDIDATE','src':'<anna>','dst':'<bert>','payload':{'x':1}}");
    });
  }

  @Test
  void theLastOfARepeatedFieldCounts() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      Actor cora = join(stage, "cora");
      anna.sends(
          "{'type':'OFFER','type':'ANSWER','dst':'<bert>','dst':'<cora>','payload':1,'payload':2}");
      cora.gets("{'type':'ANSWER','src':'<anna>','dst':'<cora>','payload':2}");
      bert.getsNothingMore();
    });
  }

  @Test
  void escapedFieldNamesAndTypesAreTheSameNames() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.sends("{'\\u0074ype':'OFF\\u0045R','d\\u0073t':'<bert>','p\\u0061yload':1}");
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':1}");
    });
  }

  @Test
  void aMessageToOneselfComesBack() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      anna.sends("{'type':'OFFER','dst':'<anna>','payload':'me'}");
      anna.gets("{'type':'OFFER','src':'<anna>','dst':'<anna>','payload':'me'}");
    });
  }

  @Test
  void unknownTypesAreIgnored() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.sends("{'type':'NONSENSE','dst':'<bert>'}", "{'type':'offer','dst':'<bert>'}",
          "{'type':'OPEN','dst':'<bert>'}", "{'type':'ID-TAKEN','dst':'<bert>'}",
          "{'type':'ERROR','dst':'<bert>','payload':{'msg':'x'}}", "{'type':'','dst':'<bert>'}",
          "{'type':'OFFER','dst':'<bert>','payload':'after'}");
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':'after'}");
      anna.getsNothingMore();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"OFFER", "ANSWER", "CANDIDATE", "EXPIRE"})
  void aMessageForNobodyVanishes(String type) {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      anna.sends("{'type':'" + type + "'}", "{'type':'" + type + "','dst':null,'payload':1}",
          "{'type':'" + type + "','dst':''}");
      anna.getsNothingMore().isStillConnected();
      anna.sends("{'type':'" + type + "','dst':'<anna>'}");
      anna.gets("{'type':'" + type + "','src':'<anna>','dst':'<anna>'}");
    });
  }

  @Test
  void heartbeatsAreNotAnswered() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.sends("{'type':'HEARTBEAT'}", "{'type':'HEARTBEAT','dst':'<bert>','payload':1}");
      anna.getsNothingMore();
      bert.getsNothingMore();
    });
  }

  @Test
  void aBinaryMessageComesOutAsText() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.sendsBinary("{'type':'OFFER','dst':'<bert>','payload':'\u00e4'}");
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':'\u00e4'}");
    });
  }

  @Test
  void aMessageInFramesIsOneMessage() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.sendsInFrames("{'type':'OF", "", "FER','dst':'<bert>','pay", "load':'whole'}");
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':'whole'}");
    });
  }

  @Test
  void aPingBetweenTheFramesOfAMessageIsAnswered() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.client().send(frame(Opcode.TEXT, false, "{\"type\":\"OFFER\",\"dst\":"));
      anna.settles();
      anna.client().send(
          frame(Opcode.CONTINUATION, true, stage.resolve("\"<bert>\",\"payload\":3}")));
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':3}");
    });
  }

  @Test
  void aLargeMessageComesWhole() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      String large = "'" + "0123456789\u00e4".repeat(8_000) + "'";
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':" + large + "}");
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':" + large + "}");
    });
  }

  @Test
  void manyMessagesKeepTheirOrder() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      Actor cora = join(stage, "cora");
      for (int i = 0; i < 100; i++) {
        String recipient = i % 2 == 0 ? "bert" : "cora";
        anna.sends("{'type':'CANDIDATE','dst':'<" + recipient + ">','payload':" + i + "}");
      }
      for (int i = 0; i < 100; i++) {
        String recipient = i % 2 == 0 ? "bert" : "cora";
        (i % 2 == 0 ? bert : cora).gets("{'type':'CANDIDATE','src':'<anna>','dst':'<" + recipient
            + ">','payload':" + i + "}");
      }
    });
  }

  @Test
  void threeClientsTalkAcrossEachOther() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      Actor cora = join(stage, "cora");
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':'ab'}");
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':'ab'}");
      cora.sends("{'type':'OFFER','dst':'<bert>','payload':'cb'}");
      bert.gets("{'type':'OFFER','src':'<cora>','dst':'<bert>','payload':'cb'}");
      bert.sends("{'type':'ANSWER','dst':'<cora>','payload':'bc'}",
          "{'type':'ANSWER','dst':'<anna>','payload':'ba'}");
      anna.gets("{'type':'ANSWER','src':'<bert>','dst':'<anna>','payload':'ba'}");
      cora.gets("{'type':'ANSWER','src':'<bert>','dst':'<cora>','payload':'bc'}");
      bert.leaves();
      stage.settles();
      anna.sends("{'type':'OFFER','dst':'<cora>','payload':'ac'}");
      cora.gets("{'type':'OFFER','src':'<anna>','dst':'<cora>','payload':'ac'}");
      anna.getsNothingMore();
      cora.getsNothingMore();
    });
  }

  @Test
  void idsAreAnyText() {
    servers.same(stage -> {
      Actor anna = joinAs(stage, "anna", "<anna>-%C3%A4%E2%82%AC%F0%9F%98%80%20%22%5C", "t");
      Actor bert = join(stage, "bert");
      bert.sends(
          "{\"type\":\"OFFER\",\"dst\":\"<anna>-\u00e4\u20ac\\ud83d\\ude00 \\\"\\\\\",\"payload\":1}");
      anna.gets(
          "{\"type\":\"OFFER\",\"src\":\"<bert>\",\"dst\":\"<anna>-\u00e4\u20ac\ud83d\ude00 \\\"\\\\\",\"payload\":1}");
      anna.sends("{'type':'ANSWER','dst':'<bert>'}");
      bert.gets(
          "{\"type\":\"ANSWER\",\"src\":\"<anna>-\u00e4\u20ac\ud83d\ude00 \\\"\\\\\",\"dst\":\"<bert>\"}");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"constructor", "__proto__", "toString", "hasOwnProperty"})
  void namesThatMeanSomethingToJavaScriptAreOrdinaryIds(String id) {
    servers.same(ServerOptions.SHARED.alone("prototype names"), stage -> {
      Actor odd = joinAs(stage, "odd", id, "t");
      Actor bert = join(stage, "bert");
      odd.sends("{'type':'" + id + "','dst':'<bert>'}", "{'type':'OFFER','dst':'<bert>'}");
      bert.gets("{'type':'OFFER','src':'" + id + "','dst':'<bert>'}");
      bert.sends("{'type':'OFFER','dst':'" + id + "','payload':{'__proto__':{'a':1}}}");
      odd.gets(
          "{'type':'OFFER','src':'<bert>','dst':'" + id + "','payload':{'__proto__':{'a':1}}}");
    });
  }

  private static Frame frame(Opcode opcode, boolean fin, String text) {
    return new Frame(opcode, fin, text.getBytes(StandardCharsets.UTF_8));
  }
}
