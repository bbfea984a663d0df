package dev.parley.peerolator;

import static dev.parley.peerolator.PeerolatorStage.client;
import static dev.parley.peerolator.PeerolatorStage.gone;
import static dev.parley.peerolator.PeerolatorStage.joined;
import static dev.parley.peerolator.PeerolatorStage.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.parley.config.ConfigurationException;
import dev.parley.config.Secret;
import dev.parley.testkit.Actor;
import dev.parley.testkit.Scene;
import dev.parley.testkit.Stage;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each option changes, over real sockets. */
class PeerolatorOptionsTest {

  private static final String WRONG_PASSPHRASE = "the passphrase is wrong, or missing";

  private static void play(Map<String, Object> options, Scene scene) {
    try (PeerolatorStage peerolator = PeerolatorStage.start(options)) {
      peerolator.plays(scene);
    }
  }

  // ---- serverInfo

  private static String hello(String name, String info) {
    return "{'from':'0','to':'<?" + name + ">','type':'HELLO','message':{'id':'<?" + name
        + ">','serverInfo':'" + info + "'}}";
  }

  private static void saraWithCarl(Stage stage, String path, String saraGets, String carlGets) {
    Actor sara = stage.actor("sara").connects(path).gets(saraGets);
    stage.actor("carl").connects("/client/<sara>").gets(carlGets);
    sara.gets(joined("sara", "carl"));
  }

  @Test
  void aConfiguredInfoIsInTheHelloOfServersAndClients() {
    play(Map.of("serverInfo", "Kitchen \\ 2"),
        stage -> saraWithCarl(stage, "/server", hello("sara", "Kitchen \\\\ 2"),
            hello("carl", "Kitchen \\\\ 2")));
  }

  @Test
  void aServersOwnInfoIsInItsHelloAndInThoseOfItsClients() {
    play(Map.of("serverInfo", "Kitchen"), stage -> {
      saraWithCarl(stage, "/server?serverInfo=Cellar%20%C3%A4", hello("sara", "Cellar ä"),
          hello("carl", "Cellar ä"));
      stage.actor("sven").connects("/server").gets(hello("sven", "Kitchen"));
    });
  }

  @Test
  void anEmptyInfoIsNone() {
    play(Map.of("serverInfo", "Kitchen"),
        stage -> saraWithCarl(stage, "/server?serverInfo=", PeerolatorStage.hello("sara"),
            PeerolatorStage.hello("carl")));
  }

  @Test
  void aServersOwnInfoIsNotHeardIfItMayNotGiveOne() {
    play(Map.of("serverInfoFromQuery", false),
        stage -> saraWithCarl(stage, "/server?serverInfo=Cellar", PeerolatorStage.hello("sara"),
            PeerolatorStage.hello("carl")));
  }

  // ---- passphrase

  @ParameterizedTest
  @ValueSource(strings = {"", "?passphrase=", "?passphrase=open", "?passphrase=open+sesam",
    "?passphrase=Open+sesame", "?passphrase=open+sesame+", "?Passphrase=open+sesame"})
  void aServerWithoutThePassphraseIsClosedWithoutHello(String query) {
    play(Map.of("passphrase", "open sesame"),
        stage -> stage.actor("sara").connects("/server" + query).isClosed(1008, WRONG_PASSPHRASE)
            .getsNothingMore());
  }

  @Test
  void aServerWithThePassphraseIsLetInAndItsClientsNeedNone() {
    play(Map.of("passphrase", "open sesame"), stage -> {
      stage.actor("sara").connects("/server?passphrase=open+sesame").gets(
          PeerolatorStage.hello("sara"));
      client(stage, "carl", "sara");
    });
  }

  @Test
  void anEmptyPassphraseIsRefusedAndNotShown() {
    assertThatThrownBy(
        () -> new PeerolatorOptions(null, true, new Secret(""), PeerolatorIdGenerator.UUIDS,
            PeerolatorIdGenerator.UUIDS, Duration.ZERO, PeerolatorUnreachable.MESSAGE, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("passphrase");
  }

  @Test
  void aPassphraseIsNotShown() {
    assertThat(new PeerolatorOptions(null, true, new Secret("open sesame"),
        PeerolatorIdGenerator.UUIDS, PeerolatorIdGenerator.UUIDS,
        Duration.ZERO, PeerolatorUnreachable.MESSAGE, Map.of()).toString())
        .doesNotContain("sesame");
  }

  // ---- ids

  @ParameterizedTest
  @CsvSource({
    "uuid,   [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "strong, '[2-9a-hjkmnp-z]{26}'",
    "spoken, '([b-z][aiou][b-z][aiou][b-z])(-[b-z][aiou][b-z][aiou][b-z]){3}'"})
  void idsOfServersAndClientsLookAsConfigured(String kind, String form) {
    play(Map.of("serverIds", kind), stage -> {
      server(stage, "sara");
      assertThat(stage.resolve("<sara>")).matches(form);
    });
    play(Map.of("clientIds", kind), stage -> {
      server(stage, "sara");
      client(stage, "carl", "sara");
      assertThat(stage.resolve("<carl>")).matches(form);
    });
  }

  // ---- clientTimeout

  @Test
  void aClientThatIsSilentForTooLongIsClosedAndItsServerIsNot() {
    play(Map.of("clientTimeout", "200ms"), stage -> {
      Actor sara = server(stage, "sara");
      client(stage, "carl", "sara").isClosed(1001, "no message for too long");
      sara.gets(gone("sara", "carl")).isStillConnected();
    });
  }

  @Test
  void aClientThatSpeaksOrIsSpokenToIsNotClosed() {
    play(Map.of("clientTimeout", "1500ms"), stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      Actor cleo = client(stage, "cleo", "sara");
      server(stage, "sven");
      Actor silent = client(stage, "silent", "sven");
      stage.awaits("the silent one is closed", () -> {
        carl.sends("{'to':'<sara>','type':'chat','message':1}");
        sara.gets("{'from':'<carl>','to':'<sara>','type':'chat','message':1}");
        sara.sends("{'to':'<cleo>','type':'chat','message':2}");
        cleo.gets("{'from':'<sara>','to':'<cleo>','type':'chat','message':2}");
        return silent.client().isOver();
      });
      carl.isStillConnected();
      cleo.isStillConnected();
    });
  }

  @Test
  void aClientIsNeverTooSilentUnlessConfigured() {
    assertThat(PeerolatorOptions.DEFAULT.clientTimeout()).isZero();
  }

  // ---- schemas

  private static final Map<String, Object> CHAT_IS_TEXT =
      Map.of("schemas", Map.of("chat", Map.of("type", "string", "maxLength", 5)));

  @Test
  void aMessageThatFitsItsSchemaIsRelayedAsAreThoseOfOtherTypes() {
    play(CHAT_IS_TEXT, stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      carl.sends("{'to':'<sara>','type':'chat','message':'short'}",
          "{'to':'<sara>','type':'other','message':5}");
      sara.gets("{'from':'<carl>','to':'<sara>','type':'chat','message':'short'}",
          "{'from':'<carl>','to':'<sara>','type':'other','message':5}");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "null", "{}", "'longer'"})
  void whoSendsAMessageThatDoesNotFitItsSchemaIsClosed(String message) {
    play(CHAT_IS_TEXT, stage -> {
      Actor sara = server(stage, "sara");
      Actor carl = client(stage, "carl", "sara");
      Actor cleo = client(stage, "cleo", "sara");
      carl.sends("{'to':'<sara>','type':'chat','message':" + message + "}")
          .isClosed(1008, "message must be as the schema of its type says");
      sara.gets(gone("sara", "carl"))
          .sends("{'to':'<cleo>','type':'chat','message':" + message + "}").isClosed(1008);
      cleo.gets(gone("cleo", "sara")).getsNothingMore();
    });
  }

  @Test
  void aSchemaThatIsNoneIsRefused() {
    JsonNode none = JsonNodeFactory.instance.objectNode().put("type", "text");

    assertThatThrownBy(() -> new PeerolatorOptions(null, true, null, PeerolatorIdGenerator.UUIDS,
        PeerolatorIdGenerator.UUIDS,
        Duration.ZERO, PeerolatorUnreachable.MESSAGE, Map.of("chat", none)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("schemas.chat: ");
  }
}
