package dev.parley.peerolator;

import static dev.parley.peerolator.PeerolatorStage.client;
import static dev.parley.peerolator.PeerolatorStage.gone;
import static dev.parley.peerolator.PeerolatorStage.hello;
import static dev.parley.peerolator.PeerolatorStage.joined;
import static dev.parley.peerolator.PeerolatorStage.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.Actor;
import dev.parley.testkit.Spread;
import dev.parley.testkit.WireClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server and its clients, over real sockets. */
@ParameterizedClass
@EnumSource
class PeerolatorRelayTest {

  private static final String NO_SERVER = "there is no server with this id";
  private static final String WRONG_FROM = "from must be your own id, if it is there";

  private static PeerolatorStage peerolator;

  @Parameter Spread spread;

  @BeforeParameterizedClassInvocation
  static void start(Spread spread) {
    peerolator = PeerolatorStage.start(spread);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    peerolator.close();
  }

  // ---- who comes and goes

  @Test
  void aServerIsToldItsId() {
    peerolator.plays(stage -> server(stage, "sara").getsNothingMore());
  }

  @Test
  void twoServersHaveDifferentIds() {
    peerolator.plays(stage -> {
      server(stage, "sara");
      server(stage, "sven");
      assertThat(stage.resolve("<sara>")).isNotEqualTo(stage.resolve("<sven>"));
    });
  }

  @Test
  void aClientIsToldItsIdAndItsServerThatItJoined() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      sara.getsNothingMore();
      carl.getsNothingMore();
      assertThat(stage.resolve("<carl>")).isNotEqualTo(stage.resolve("<sara>"));
    });
  }

  @Test
  void aServerIsToldOfEachOfItsClientsAndOfNoOther() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor sven = server(stage, "sven");
      client(stage, "carl", "sara");
      client(stage, "cleo", "sara");
      client(stage, "cora", "sven");
      sara.getsNothingMore();
      sven.getsNothingMore();
    });
  }

  @Test
  void aClientOfAnUnknownServerIsClosedWithoutHello() {
    peerolator.plays(
        stage -> stage.actor("carl").connects("/client/nobody").isClosed(1008, NO_SERVER)
            .getsNothingMore());
  }

  @Test
  void aClientOfAServerThatHasLeftIsClosedWithoutHello() {
    peerolator.plays(stage -> {
      server(stage, "sara").leaves();
      stage.actor("carl").connects("/client/<sara>").isClosed(1008, NO_SERVER).getsNothingMore();
    });
  }

  @Test
  void aClientIsNoServerForAnother() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      stage.actor("cleo").connects("/client/<carl>").isClosed(1008, NO_SERVER).getsNothingMore();
      carl.getsNothingMore().isStillConnected();
      sara.getsNothingMore();
    });
  }

  @Test
  void theRelayItselfIsNoServer() {
    peerolator.plays(
        stage -> stage.actor("carl").connects("/client/0").isClosed(1008, NO_SERVER)
            .getsNothingMore());
  }

  @Test
  void otherPathsAreNotServed() {
    peerolator.plays(stage -> {
      stage.actor("carl").isRefused(400, "/client");
      stage.actor("carl").isRefused(400, "/client/a/b");
      stage.actor("carl").isRefused(400, "/servers");
    });
  }

  @Test
  void whenAClientLeavesItsServerIsToldItsId() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      client(stage, "carl", "sara").leaves();
      sara.gets(gone("sara", "carl")).getsNothingMore().isStillConnected();
    });
  }

  @Test
  void whenAClientVanishesItsServerIsToldItsId() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      client(stage, "carl", "sara").vanishes();
      sara.gets(gone("sara", "carl")).getsNothingMore();
    });
  }

  @Test
  void whenAServerLeavesEachOfItsClientsIsToldTheServersIdAndStaysConnected() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      Actor cleo = client(stage, "cleo", "sara");
      sara.leaves();
      carl.gets(gone("carl", "sara")).getsNothingMore().isStillConnected();
      cleo.gets(gone("cleo", "sara")).getsNothingMore().isStillConnected();
    });
  }

  @Test
  void whatAClientSaysAfterItsServerHasLeftVanishes() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      sara.leaves();
      carl.gets(gone("carl", "sara"));
      carl.sends("{'to':'<sara>','type':'chat','message':1}").getsNothingMore()
          .isStillConnected();
    });
  }

  @Test
  void whatAClientSaidLastComesBeforeItsEnd() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      for (int i = 0; i < 100; i++) {
        String name = "carl" + i;
        Actor carl = stage.actor(name).connects("/client/<sara>");
        carl.sends("{'to':'<sara>','type':'chat','message':1}").leaves();
        sara.gets("{'from':'0','to':'<sara>','type':'PEER_JOINED','message':{'id':'<?" + name
            + ">'}}",
            "{'from':'<" + name + ">','to':'<sara>','type':'chat','message':1}",
            gone("sara", name));
      }
    });
  }

  @Test
  void whatAClientSaysBeforeItIsGreetedArrives() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = stage.actor("carl").connects("/client/<sara>");
      carl.sends("{'to':'<sara>','type':'chat','message':'early'}").gets(hello("carl"));
      sara.gets(joined("sara", "carl"),
          "{'from':'<carl>','to':'<sara>','type':'chat','message':'early'}");
    });
  }

  // ---- what is relayed

  @Test
  void aClientSpeaksToItsServerAndTheServerToTheClient() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      carl.sends("{'from':'<carl>','to':'<sara>','type':'OFFER','message':{'sdp':'v=0'}}");
      sara.gets("{'from':'<carl>','to':'<sara>','type':'OFFER','message':{'sdp':'v=0'}}");
      sara.sends("{'from':'<sara>','to':'<carl>','type':'ANSWER','message':{'sdp':'v=1'}}");
      carl.gets("{'from':'<sara>','to':'<carl>','type':'ANSWER','message':{'sdp':'v=1'}}");
      sara.getsNothingMore();
      carl.getsNothingMore();
    });
  }

  @Test
  void fromMayBeMissingOrNullAndIsSuppliedForTheReader() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      carl.sends("{'to':'<sara>','type':'chat','message':1}",
          "{'from':null,'to':'<sara>','type':'chat','message':2}");
      sara.gets("{'from':'<carl>','to':'<sara>','type':'chat','message':1}",
          "{'from':'<carl>','to':'<sara>','type':'chat','message':2}");
      sara.sends("{'to':'<carl>','type':'chat','message':3}");
      carl.gets("{'from':'<sara>','to':'<carl>','type':'chat','message':3}");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "true", "false", "0", "-1.50", "12345678901234567890", "1e400",
    "''", "'x'", "[]", "{}", "[1,[2,{'a':null}]]", "{'z':1,'a':{'z':[]}}"})
  void aMessageIsAnyJsonValue(String value) {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      carl.sends("{'to':'<sara>','type':'chat','message':" + value + "}");
      sara.gets("{'from':'<carl>','to':'<sara>','type':'chat','message':" + value + "}");
    });
  }

  @Test
  void aMessageArrivesByteForByte() {
    String message = "{ \"a\" : 1.50,\t\"\\u0061\":[ 1e0 ,\"\\/ä😀\"] }";
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      carl.sends(" {\"message\": " + message + " , \"type\":\"chat\",\"to\":\"<sara>\"} ");
      sara.gets(1);
      assertThat(sara.client().messages().getLast()).endsWith("\"message\":" + message + "}");
    });
  }

  @Test
  void onlyTheFourFieldsAreRelayedAndOfARepeatedOneTheLast() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      carl.sends("{'id':7,'to':'<carl>','type':'a','x':{'to':'y'},'message':1,"
          + "'to':'<sara>','type':'b','message':2}");
      sara.gets("{'from':'<carl>','to':'<sara>','type':'b','message':2}");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"HELLO", "PEER_JOINED", "PEER_GONE", "", "parley", "a type of its own"})
  void anyTypeIsRelayedWithItsSendersId(String type) {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      carl.sends("{'to':'<sara>','type':'" + type + "','message':{'id':'somebody'}}");
      sara.gets("{'from':'<carl>','to':'<sara>','type':'" + type
          + "','message':{'id':'somebody'}}").getsNothingMore();
    });
  }

  @Test
  void messagesKeepTheirOrder() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      for (int i = 0; i < 100; i++) {
        carl.sends("{'to':'<sara>','type':'chat','message':" + i + "}");
      }
      for (int i = 0; i < 100; i++) {
        sara.gets("{'from':'<carl>','to':'<sara>','type':'chat','message':" + i + "}");
      }
    });
  }

  @Test
  void aServerSpeaksToEachOfItsClientsAlone() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      Actor cleo = client(stage, "cleo", "sara");
      sara.sends("{'to':'<carl>','type':'chat','message':1}",
          "{'to':'<cleo>','type':'chat','message':2}");
      carl.gets("{'from':'<sara>','to':'<carl>','type':'chat','message':1}").getsNothingMore();
      cleo.gets("{'from':'<sara>','to':'<cleo>','type':'chat','message':2}").getsNothingMore();
    });
  }

  @Test
  void aMessageMayComeInSeveralFrames() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      carl.sendsInFrames("{'to':'<sara>','ty", "pe':'chat','mess", "age':1}");
      sara.gets("{'from':'<carl>','to':'<sara>','type':'chat','message':1}");
    });
  }

  // ---- what is not

  @Test
  void aServerThatSpeaksToAnUnknownClientIsNotClosedAndTheMessageIsCounted() {
    peerolator.plays(stage -> {
      double before = peerolator.undelivered("absent");
      Actor sara = server(stage, "sara");
      sara.sends("{'to':'nobody','type':'chat','message':1}").getsNothingMore()
          .isStillConnected();
      assertThat(peerolator.undelivered("absent")).isEqualTo(before + 1);
    });
  }

  @Test
  void aServerCannotSpeakToAnothersClientNorToAnotherServer() {
    peerolator.plays(stage -> {
      double before = peerolator.undelivered("rejected");
      Actor sara = server(stage, "sara");
      Actor sven = server(stage, "sven");
      Actor carl = client(stage, "carl", "sara");
      sven.sends("{'to':'<carl>','type':'chat','message':1}",
          "{'to':'<sara>','type':'chat','message':2}");
      sven.getsNothingMore().isStillConnected();
      sara.getsNothingMore();
      carl.getsNothingMore();
      stage.awaits("both are counted", () -> peerolator.undelivered("rejected") == before + 2);
    });
  }

  @Test
  void aServerThatSpeaksToTheRelayIsNotHeard() {
    peerolator.plays(
        stage -> server(stage, "sara").sends("{'to':'0','type':'chat','message':1}")
            .getsNothingMore().isStillConnected());
  }

  @Test
  void aClientThatSpeaksToAnotherClientOfItsServerIsClosed() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      Actor cleo = client(stage, "cleo", "sara");
      carl.sends("{'to':'<cleo>','type':'chat','message':1}")
          .isClosed(1008, "a client can talk with its server only");
      sara.gets(gone("sara", "carl")).getsNothingMore();
      cleo.getsNothingMore();
    });
  }

  @Test
  void aClientThatSpeaksToAStrangerIsClosed() {
    peerolator.plays(stage -> {
      server(stage, "sara");
      client(stage, "carl", "sara").sends("{'to':'nobody','type':'chat','message':1}")
          .isClosed(1008, "a client can talk with its server only");
    });
  }

  @Test
  void aClientThatSaysItIsSomebodyElseIsClosed() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      client(stage, "carl", "sara")
          .sends("{'from':'<sara>','to':'<sara>','type':'chat','message':1}")
          .isClosed(1008, WRONG_FROM);
      sara.gets(gone("sara", "carl")).getsNothingMore();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "", "somebody"})
  void aServerThatSaysItIsSomebodyElseIsClosed(String from) {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      sara.sends("{'from':'" + from + "','to':'<carl>','type':'HELLO','message':{}}")
          .isClosed(1008, WRONG_FROM);
      carl.gets(gone("carl", "sara")).getsNothingMore();
    });
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "nonsense                                    | not JSON, or nested too deeply",
    "{'to':'x'                                   | not JSON, or nested too deeply",
    "{'to':'x','type':'y','message':1} x         | not JSON, or nested too deeply",
    "[]                                          | a JSON object is expected",
    "5                                           | a JSON object is expected",
    "{'type':'y','message':1}                    | to must be there, a string",
    "{'to':5,'type':'y','message':1}             | to must be there, a string",
    "{'to':'x','message':1}                      | type must be there, a string",
    "{'to':'x','type':null,'message':1}          | type must be there, a string",
    "{'to':'x','type':'y'}                       | message must be there, any JSON value",
    "{'from':5,'to':'x','type':'y','message':1}  | from must be a string, if it is there",
    "{'to':'x','type':'parley:join','message':1} | types that begin with parley: are not for peers",
  })
  void whoSaysWhatIsNoMessageIsClosed(String message, String why) {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      client(stage, "carl", "sara").sends(message).isClosed(1008, why);
      sara.gets(gone("sara", "carl")).getsNothingMore();
      sara.sends(message).isClosed(1008, why);
    });
  }

  @Test
  void aBinaryMessageClosesItsSender() {
    peerolator.plays(stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      carl.sendsBinary("{'to':'<sara>','type':'chat','message':1}").isClosed(1003);
      sara.gets(gone("sara", "carl"));
      sara.sendsBinary("{'to':'<sara>','type':'chat','message':1}").isClosed(1003);
    });
  }

  @Test
  void aPingIsAnswered() {
    peerolator.plays(stage -> {
      WireClient sara = server(stage, "sara").client();
      sara.ping("are you there?".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      sara.awaitFrame(frame -> frame.text().equals("are you there?"));
      assertThat(List.of(sara)).noneMatch(WireClient::isOver);
    });
  }
}
