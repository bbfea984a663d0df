package dev.parley.peerolator;

import static dev.parley.peerolator.PeerolatorStage.client;
import static dev.parley.peerolator.PeerolatorStage.gone;
import static dev.parley.peerolator.PeerolatorStage.hello;
import static dev.parley.peerolator.PeerolatorStage.joined;
import static dev.parley.peerolator.PeerolatorStage.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.Actor;
import dev.parley.testkit.Stage;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peerolator's peers and those of a dialect whose messages are just contents. */
class PeerolatorCrossingTest {

  private static final String DATA =
      "v=0\\r\\no=- 4611 2 IN IP4 127.0.0.1\\r\\nm=application 9\\r\\n";
  private static final String RENEWED = DATA.replace(" 2 IN", " 3 IN");
  private static final String CALL = "v=0\\r\\no=- 7722 2 IN IP4 127.0.0.1\\r\\nm=audio 9\\r\\n";
  private static final String ANSWER =
      "v=0\\r\\no=- 9000 2 IN IP4 127.0.0.1\\r\\nm=application 9\\r\\n";

  private static PeerolatorStage peerolator;
  private static PeerolatorStage strict;

  @BeforeAll
  static void start() {
    peerolator = PeerolatorStage.start(Map.of("serverInfo", ""), "plain");
    strict = PeerolatorStage.start(Map.of("unreachable", "gone"), "plain");
  }

  @AfterAll
  static void stop() {
    peerolator.close();
    strict.close();
  }

  private static Actor plain(Stage stage, String name) {
    return stage.actor(name).connects("/plain/<" + name + ">").gets("{'hello':'<" + name + ">'}");
  }

  /** A client whose server is the plain peer anna. */
  private static Actor clientOfAnna(Stage stage, String name) {
    return stage.actor(name).connects("/client/<anna>").gets(hello(name));
  }

  private static String says(String from, String to, String type, String message) {
    return "{'from':'<" + from + ">','to':'<" + to + ">','type':'" + type + "','message':" + message
        + "}";
  }

  private static String say(String to, String type, String message) {
    return "{'to':'<" + to + ">','type':'" + type + "','message':" + message + "}";
  }

  // ---- a plain peer calls a server

  @Test
  void whoSignalsAServerJoinsItFirstAndIsGoneLast() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor anna = plain(stage, "anna");
      anna.sends("{'to':'<sara>','say':'offer','sdp':'" + DATA + "','conversation':'dc_1',"
          + "'label':'chat','reliable':true,'serialization':'raw','metadata':{'x':[1]}}");
      sara.gets(joined("sara", "anna"),
          says("anna", "sara", "OFFER", "{'type':'offer','sdp':'" + DATA + "','media':'data',"
              + "'label':'chat','reliable':true,'serialization':'raw','metadata':{'x':[1]},"
              + "'conversation':'dc_1'}"));
      anna.sends("{'to':'<sara>','say':'candidate','candidate':'candidate:1','sdpMid':'0',"
          + "'sdpMLineIndex':0,'usernameFragment':'uf','conversation':'dc_1'}");
      sara.gets(says("anna", "sara", "CANDIDATE", "{'candidate':{'candidate':'candidate:1',"
          + "'sdpMid':'0','sdpMLineIndex':0,'usernameFragment':'uf'},'conversation':'dc_1'}"));
      anna.sends("{'to':'<sara>','say':'bye','conversation':'dc_1'}").leaves();
      sara.gets(says("anna", "sara", "BYE", "{'conversation':'dc_1'}"), gone("sara", "anna"))
          .getsNothingMore();
    });
  }

  @Test
  void aServerAnswersInTheCallersConversation() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor anna = plain(stage, "anna");
      anna.sends("{'to':'<sara>','say':'offer','sdp':'" + DATA + "','conversation':'dc_1'}");
      sara.gets(2);
      sara.sends(
          say("anna", "ANSWER",
              "{'type':'answer','sdp':'" + ANSWER + "','conversation':'dc_1'}"),
          say("anna", "CANDIDATE",
              "{'candidate':{'candidate':'candidate:2','sdpMid':'0'},'conversation':'dc_1'}"),
          say("anna", "CANDIDATE", "{'candidate':null,'conversation':'dc_1'}"),
          say("anna", "BYE", "{'conversation':'dc_1'}"));
      anna.gets(
          "{'from':'<sara>','says':'answer','sdp':'" + ANSWER
              + "','conversation':'dc_1','within':'dc_1'}",
          "{'from':'<sara>','says':'candidate','candidate':'candidate:2','sdpMid':'0',"
              + "'conversation':'dc_1','within':'dc_1'}",
          "{'from':'<sara>','says':'end','conversation':'dc_1','within':'dc_1'}",
          "{'from':'<sara>','says':'bye','conversation':'dc_1','within':'dc_1'}")
          .getsNothingMore();
    });
  }

  @Test
  void aServerThatNamesNoConversationAnswersInTheLatest() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor anna = plain(stage, "anna");
      anna.sends("{'to':'<sara>','say':'offer','sdp':'" + DATA + "','conversation':'dc_1'}");
      sara.gets(2);
      sara.sends(say("anna", "ANSWER", "{'sdp':'" + ANSWER + "'}"),
          say("anna", "CANDIDATE", "{'candidate':{'candidate':'candidate:2'}}"));
      anna.gets(
          "{'from':'<sara>','says':'answer','sdp':'" + ANSWER
              + "','conversation':'dc_1','within':'dc_1'}",
          "{'from':'<sara>','says':'candidate','candidate':'candidate:2','conversation':'dc_1',"
              + "'within':'dc_1'}");
    });
  }

  @Test
  void aCallThatHasAudioIsOneOfMedia() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      plain(stage, "anna")
          .sends("{'to':'<sara>','say':'offer','sdp':'" + CALL + "','conversation':'mc_1'}");
      sara.gets(joined("sara", "anna"),
          says("anna", "sara", "OFFER", "{'type':'offer','sdp':'" + CALL
              + "','media':'media','conversation':'mc_1'}"));
    });
  }

  @Test
  void aCallerWithoutConversationsHasOneForEachDescription() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor anna = plain(stage, "anna");
      anna.sends("{'to':'<sara>','say':'offer','sdp':'" + DATA + "'}",
          "{'to':'<sara>','say':'candidate','candidate':'candidate:1'}",
          "{'to':'<sara>','say':'offer','sdp':'" + RENEWED + "'}",
          "{'to':'<sara>','say':'offer','sdp':'" + CALL + "'}",
          "{'to':'<sara>','say':'end'}");
      sara.gets(joined("sara", "anna"),
          says("anna", "sara", "OFFER",
              "{'type':'offer','sdp':'" + DATA + "','media':'data','conversation':'<?first>'}"),
          says("anna", "sara", "CANDIDATE",
              "{'candidate':{'candidate':'candidate:1','sdpMid':null,'sdpMLineIndex':0},"
                  + "'conversation':'<first>'}"),
          says("anna", "sara", "OFFER",
              "{'type':'offer','sdp':'" + RENEWED + "','media':'data','conversation':'<first>'}"),
          says("anna", "sara", "OFFER",
              "{'type':'offer','sdp':'" + CALL + "','media':'media','conversation':'<?second>'}"),
          says("anna", "sara", "CANDIDATE",
              "{'candidate':null,'conversation':'<second>'}"));
      assertThat(stage.resolve("<first>"))
          .isNotEqualTo(stage.resolve("<second>"));
    });
  }

  @Test
  void whoOnlyHangsUpOrTricklesIsNoClient() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor anna = plain(stage, "anna");
      anna.sends("{'to':'<sara>','say':'bye'}", "{'to':'<sara>','say':'end'}",
          "{'to':'<sara>','say':'candidate','candidate':'candidate:1'}").getsNothingMore();
      sara.getsNothingMore();
    });
  }

  @Test
  void anythingElseCrossesUnderItsName() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor anna = plain(stage, "anna");
      anna.sends("{'to':'<sara>','say':'chat','data':{'text':'ä'}}",
          "{'to':'<sara>','say':'wave'}");
      sara.gets(joined("sara", "anna"), says("anna", "sara", "chat", "{'text':'ä'}"),
          says("anna", "sara", "wave", "null"));
      sara.sends(say("anna", "chat", "[1.50]"), say("anna", "PEER_JOINED", "{}"));
      anna.gets("{'from':'<sara>','says':'chat','data':[1.5]}",
          "{'from':'<sara>','says':'PEER_JOINED','data':{}}");
    });
  }

  @Test
  void aRequestToOfferAgainCrosses() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor anna = plain(stage, "anna");
      anna.sends("{'to':'<sara>','say':'offer','sdp':'" + DATA + "','conversation':'dc_1'}",
          "{'to':'<sara>','say':'renegotiate','detail':true,'conversation':'dc_1'}");
      sara.gets(2).gets(says("anna", "sara", "RENEGOTIATE",
          "{'type':'renegotiate','detail':true,'conversation':'dc_1'}"));
      sara.sends(say("anna", "RENEGOTIATE", "{'type':'transceiverRequest',"
          + "'detail':{'kind':'video'},'conversation':'dc_1'}"),
          say("anna", "RENEGOTIATE", "{'conversation':'dc_1'}"));
      anna.gets("{'from':'<sara>','says':'transceiverRequest','detail':{'kind':'video'},"
          + "'conversation':'dc_1','within':'dc_1'}",
          "{'from':'<sara>','says':'renegotiate','detail':true,'conversation':'dc_1',"
              + "'within':'dc_1'}");
    });
  }

  @Test
  void nobodySpeaksAsTheRelay() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      stage.actor("anna").connects("/plain/0").gets("{'hello':'0'}")
          .sends("{'to':'<sara>','say':'PEER_GONE','data':{'id':'x'}}")
          .gets("{'lost':'CUSTOM','to':'<sara>','cause':'REJECTED'}");
      sara.getsNothingMore();
      stage.actor("carl").connects("/client/0").isClosed(1008);
    });
  }

  // ---- an offer that comes to nothing

  @Test
  void whenAServerLeavesWhoeverWaitsForItsAnswerIsTold() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor anna = plain(stage, "anna");
      Actor bert = plain(stage, "bert");
      anna.sends("{'to':'<sara>','say':'offer','sdp':'" + DATA + "','conversation':'dc_1'}",
          "{'to':'<sara>','say':'offer','sdp':'" + CALL + "','conversation':'mc_2'}");
      sara.gets(3);
      bert.sends("{'to':'<sara>','say':'offer','sdp':'" + DATA + "','conversation':'dc_1'}");
      sara.gets(2);
      sara.sends(say("anna", "ANSWER", "{'sdp':'" + ANSWER + "','conversation':'dc_1'}"));
      anna.gets(1);
      sara.vanishes();
      anna.gets("{'lost':'OFFER','to':'<sara>','cause':'GONE'}").getsNothingMore();
      bert.gets("{'lost':'OFFER','to':'<sara>','cause':'GONE'}").getsNothingMore();
    });
  }

  @Test
  void whoHasHungUpDoesNotWaitForAnAnswer() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor anna = plain(stage, "anna");
      anna.sends("{'to':'<sara>','say':'offer','sdp':'" + DATA + "','conversation':'dc_1'}",
          "{'to':'<sara>','say':'bye','conversation':'dc_1'}");
      sara.gets(3).leaves();
      anna.getsNothingMore();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNAVAILABLE", "BYE"})
  void aServerThatDeclinesHasTheCallerToldSo(String type) {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor anna = plain(stage, "anna");
      anna.sends("{'to':'<sara>','say':'offer','sdp':'" + DATA + "','conversation':'dc_1'}");
      sara.gets(2).sends(say("anna", type, "{'conversation':'dc_1'}"));
      anna.gets("{'lost':'OFFER','to':'<sara>','cause':'REJECTED'}").getsNothingMore();
      sara.leaves();
      anna.getsNothingMore();
    });
  }

  @Test
  void whoIsCalledByNobodyButAskedForByNameIsRejected() {
    peerolator.plays(stage -> {
      server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      plain(stage, "anna").sends("{'to':'<carl>','say':'offer','sdp':'" + DATA + "'}")
          .gets("{'lost':'OFFER','to':'<carl>','cause':'REJECTED'}");
      carl.getsNothingMore();
    });
  }

  // ---- a server calls a plain peer

  @Test
  void aServerCallsSomebodyWhoThenIsItsClient() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor anna = plain(stage, "anna");
      sara.sends(say("anna", "OFFER",
          "{'type':'offer','sdp':'" + DATA + "','conversation':'c1','label':'chat',"
              + "'metadata':{'x':1},'serialization':'json','reliable':false}"));
      anna.gets("{'from':'<sara>','says':'offer','sdp':'" + DATA + "','conversation':'c1',"
          + "'label':'chat','metadata':{'x':1},'serialization':'json','reliable':false}");
      anna.sends("{'to':'<sara>','say':'answer','sdp':'" + ANSWER + "'}",
          "{'to':'<sara>','say':'candidate','candidate':'candidate:1'}");
      sara.gets(joined("sara", "anna"),
          says("anna", "sara", "ANSWER",
              "{'type':'answer','sdp':'" + ANSWER + "','media':'data','conversation':'c1'}"),
          says("anna", "sara", "CANDIDATE",
              "{'candidate':{'candidate':'candidate:1','sdpMid':null,'sdpMLineIndex':0},'conversation':'c1'}"));
    });
  }

  @Test
  void anAnswerMayNameTheConversationInTheCallersWords() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor anna = plain(stage, "anna");
      sara.sends(say("anna", "OFFER", "{'sdp':'" + DATA + "','conversation':'c1'}"));
      anna.gets(1).sends("{'to':'<sara>','say':'answer','sdp':'" + ANSWER
          + "','conversation':'hers','within':'c1'}");
      sara.gets(1).gets(says("anna", "sara", "ANSWER",
          "{'type':'answer','sdp':'" + ANSWER + "','media':'data','conversation':'c1'}"));
      sara.sends(say("anna", "CANDIDATE", "{'candidate':null,'conversation':'c1'}"),
          say("anna", "CANDIDATE", "{'candidate':null,'conversation':'another'}"));
      anna.gets("{'from':'<sara>','says':'end','conversation':'c1','within':'hers'}",
          "{'from':'<sara>','says':'end','conversation':'another'}");
    });
  }

  @ParameterizedTest
  @CsvSource({"nobody, {'sdp':'v=0'}, absent", "anna, {}, untranslatable"})
  void aServerIsToldThatItsOfferReachedNobody(String called, String offer, String reason) {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      plain(stage, "anna");
      String message = offer.replace("}", offer.equals("{}") ? "'conversation':'c1'}"
          : ",'conversation':'c1'}");
      sara.sends(say(called, "OFFER", message));
      sara.gets(says(called, "sara", "UNAVAILABLE",
          "{'id':'<" + called + ">','conversation':'c1','reason':'" + reason + "'}"));
    });
  }

  @ParameterizedTest
  @CsvSource({"REJECTED, rejected", "UNTRANSLATABLE, untranslatable"})
  void aServerIsToldThatItsOfferWasRefused(String reception, String reason) {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor anna = plain(stage, "anna").sends("{'receive':'" + reception + "'}");
      anna.getsNothingMore();
      sara.sends(say("anna", "OFFER", "{'sdp':'" + DATA + "'}"),
          say("anna", "CANDIDATE", "{'candidate':null}"),
          say("anna", "chat", "1"));
      sara.gets(says("anna", "sara", "UNAVAILABLE",
          "{'id':'<anna>','reason':'" + reason + "'}")).getsNothingMore();
    });
  }

  // ---- a client whose server is a plain peer

  @Test
  void aClientMayHaveAnybodyAsItsServer() {
    peerolator.plays(stage -> {
      Actor anna = plain(stage, "anna");
      Actor carl = clientOfAnna(stage, "carl");
      anna.getsNothingMore();
      carl.sends(say("anna", "OFFER", "{'sdp':'" + DATA + "','conversation':'c1'}"));
      anna.gets("{'from':'<carl>','says':'offer','sdp':'" + DATA + "','conversation':'c1'}");
      anna.sends("{'to':'<carl>','say':'answer','sdp':'" + ANSWER + "','conversation':'c1'}");
      carl.gets(says("anna", "carl", "ANSWER",
          "{'type':'answer','sdp':'" + ANSWER + "','media':'data','conversation':'c1'}"));
      anna.leaves();
      carl.gets(gone("carl", "anna")).getsNothingMore().isStillConnected();
    });
  }

  @Test
  void aClientIsCalledByItsServerAloneAndAnswers() {
    peerolator.plays(stage -> {
      Actor anna = plain(stage, "anna");
      Actor bert = plain(stage, "bert");
      Actor carl = clientOfAnna(stage, "carl");
      bert.sends("{'to':'<carl>','say':'offer','sdp':'" + DATA + "'}")
          .gets("{'lost':'OFFER','to':'<carl>','cause':'REJECTED'}");
      anna.sends("{'to':'<carl>','say':'offer','sdp':'" + DATA + "','conversation':'dc_1'}");
      carl.gets(says("anna", "carl", "OFFER", "{'type':'offer','sdp':'" + DATA
          + "','media':'data','conversation':'dc_1'}"));
      carl.sends(say("anna", "ANSWER", "{'sdp':'" + ANSWER + "','conversation':'dc_1'}"));
      anna.gets("{'from':'<carl>','says':'answer','sdp':'" + ANSWER
          + "','conversation':'dc_1','within':'dc_1'}");
    });
  }

  @Test
  void aClientThatLeavesBeforeItAnswersHasItsServerToldSo() {
    peerolator.plays(stage -> {
      Actor anna = plain(stage, "anna");
      Actor carl = clientOfAnna(stage, "carl");
      anna.sends("{'to':'<carl>','say':'offer','sdp':'" + DATA + "'}");
      carl.gets(1).leaves();
      anna.gets("{'lost':'OFFER','to':'<carl>','cause':'GONE'}").getsNothingMore();
    });
  }

  @Test
  void aClientIsToldThatItsServerRefusesItsOfferLater() {
    peerolator.plays(stage -> {
      Actor anna = plain(stage, "anna");
      Actor carl = clientOfAnna(stage, "carl");
      carl.sends(say("anna", "OFFER", "{'sdp':'" + DATA + "','conversation':'c1'}"));
      anna.gets(1).sends("{'refuse':'REJECTED'}");
      carl.gets(says("anna", "carl", "UNAVAILABLE",
          "{'id':'<anna>','conversation':'c1','reason':'rejected'}")).getsNothingMore();
    });
  }

  @Test
  void aClientIsNotHeardOfAfterItsServerHasLeftThoughSomebodyComesInItsPlace() {
    peerolator.plays(stage -> {
      Actor anna = plain(stage, "anna");
      Actor carl = clientOfAnna(stage, "carl");
      anna.leaves();
      carl.gets(gone("carl", "anna"));
      Actor heir = stage.actor("heir").connects("/plain/<anna>").gets("{'hello':'<anna>'}");
      heir.sends("{'to':'<carl>','say':'offer','sdp':'" + DATA + "'}")
          .gets("{'lost':'OFFER','to':'<carl>','cause':'REJECTED'}");
      carl.sends(say("anna", "OFFER", "{'sdp':'" + DATA + "','conversation':'c1'}"));
      carl.gets(says("anna", "carl", "UNAVAILABLE",
          "{'id':'<anna>','conversation':'c1','reason':'gone'}")).getsNothingMore();
      heir.getsNothingMore();
    });
  }

  // ---- peers that know the protocol and nothing else

  @Test
  void aStrictServerIsToldThatAClientIsGoneWhichRefusesItsOffer() {
    strict.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor anna = plain(stage, "anna");
      anna.sends("{'to':'<sara>','say':'chat','data':1}");
      sara.gets(2).sends(say("anna", "OFFER", "{'sdp':'" + DATA + "'}"));
      anna.gets(1).sends("{'refuse':'REJECTED'}");
      sara.gets(gone("sara", "anna"));
      anna.leaves();
      sara.getsNothingMore();
    });
  }

  @Test
  void aStrictServerIsToldNothingOfPeersItDoesNotKnow() {
    strict.plays(stage -> server(stage, "sara").sends(say("nobody", "OFFER", "{'sdp':'v=0'}"))
        .getsNothingMore().isStillConnected());
  }

  @Test
  void aStrictClientIsToldThatItsServerIsGoneWhichRefusesItsOffer() {
    strict.plays(stage -> {
      Actor anna = plain(stage, "anna");
      Actor carl = clientOfAnna(stage, "carl");
      carl.sends(say("anna", "OFFER", "{'sdp':'" + DATA + "'}"));
      anna.gets(1).sends("{'refuse':'REJECTED'}");
      carl.gets(gone("carl", "anna"));
      anna.leaves();
      carl.getsNothingMore().isStillConnected();
    });
  }

  @Test
  void aStrictClientLosesNothingByACustomMessageThatIsNotUnderstood() {
    strict.plays(stage -> {
      Actor anna = plain(stage, "anna").sends("{'receive':'UNTRANSLATABLE'}");
      anna.getsNothingMore();
      Actor carl = clientOfAnna(stage, "carl");
      carl.sends(say("anna", "chat", "1"), say("anna", "CANDIDATE", "{'candidate':null}"))
          .getsNothingMore().isStillConnected();
    });
  }
}
