package dev.parley.peerjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may send after OPEN without an ERROR in return, which would be fatal. */
class PeerJsIgnoredMessagesTest {

  private static final int NOT_TEXT = 1003;

  @AutoClose private final GatewayFixture gateway =
      GatewayFixture.gateway().dialect("peerjs", "/", Map.of("expire_timeout", 300)).start();
  @AutoClose private final Stage stage = new Stage(gateway.httpUri(""), "ignored");

  private Actor join(String name) {
    return stage.actor(name).connects("/peerjs?key=peerjs&token=t&id=<" + name + ">")
        .gets("{'type':'OPEN'}");
  }

  private double counted(PeerJsIgnoredCause cause) {
    return gateway.metrics().get("parley.peerjs.ignored")
        .tag("cause", cause.name().toLowerCase(Locale.ROOT)).counter().count();
  }

  private static String offer(String dst) {
    return "{\"type\":\"OFFER\",\"dst\":" + dst + "}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "5", "\"x\"", "[]", "{}", "{\"ping\":\"once\"}",
    "{\"type\":5}", "{\"type\":\"NONSENSE\",\"dst\":\"<bert>\"}", "{\"type\":\"OPEN\"}",
    "{\"type\":\"ERROR\",\"payload\":{\"msg\":\"x\"}}", "{\"type\":\"ID-TAKEN\"}",
    "{\"type\":\"OFFER\"}", "{\"type\":\"OFFER\",\"dst\":\"\"}",
    "{\"type\":\"OFFER\",\"dst\":[\"<bert>\"]}", "{\"type\":\"OFFER\",\"dst\":true}",
    "{\"type\":\"OFFER\",\"dst\":{\"a\":1}}", "{\"type\":\"CANDIDATE\",\"dst\":1e400}",
    "{\"type\":\"OFFER\",\"dst\":\"<bert>\"} x", "{\"a\":01}",
    "{\"type\":\"LEAVE\",\"dst\":false}"})
  void givenAnOpenClient_whenItSendsWhatCannotBeRead_thenItHearsNothingAndLivesOn(String message) {
    Actor anna = join("anna");
    Actor bert = join("bert");
    anna.client().text(stage.resolve(message));
    anna.getsNothingMore().sends("{'type':'OFFER','dst':'<bert>'}");

    bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>'}").getsNothingMore();
    anna.getsNothingMore().isStillConnected();
  }

  /** No peer can have such an id, so none will come. */
  @ParameterizedTest
  @ValueSource(ints = {129, 4_000})
  void givenAnOpenClient_whenItCallsAnIdThatIsTooLong_thenItsCallExpires(int length) {
    String id = "x".repeat(length);

    join("anna").sends("{'type':'OFFER','dst':'" + id + "'}")
        .gets("{'type':'EXPIRE','src':'" + id + "','dst':'<anna>'}").getsNothingMore();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\u0000b", "a\\nb", "\\ud800", "\\u2028"})
  void givenAnOpenClient_whenItCallsAnIdThatNoPeerMayHave_thenItsCallExpires(String id) {
    Actor anna = join("anna");
    anna.client().text(offer("\"" + id + "\""));

    assertThat(anna.client().awaitTexts(2).getLast()).startsWith("{\"type\":\"EXPIRE\",");
    anna.gets(1).getsNothingMore().isStillConnected();
  }

  @Test
  void givenAClientThatSignsWithAnotherId_whenItCalls_thenItsOwnIdArrives() {
    Actor anna = join("anna");
    Actor bert = join("bert");
    anna.sends("{'type':'OFFER','src':'<carl>','dst':'<bert>','payload':1}");

    bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':1}");
    anna.getsNothingMore();
  }

  @ParameterizedTest
  @ValueSource(strings = {"77", "7.7e1", "77.0", "770e-1"})
  void givenAPageThatCallsANumber_whenThatPeerIsThere_thenItIsReached(String number) {
    Actor peer = stage.actor("peer").connects("/peerjs?key=peerjs&token=t&id=77")
        .gets("{'type':'OPEN'}");
    Actor anna = join("anna");
    anna.client().text(offer(number));

    peer.gets("{'type':'OFFER','src':'<anna>','dst':'77'}");
    anna.getsNothingMore();
  }

  @Test
  void givenAPageThatCallsANumber_whenNoSuchPeerIsThere_thenItsCallExpires() {
    join("anna").sends("{'type':'OFFER','dst':77}")
        .gets("{'type':'EXPIRE','src':'77','dst':'<anna>'}").getsNothingMore();
  }

  @Test
  void givenJsonInBinaryFrames_whenSent_thenItCountsAsText() {
    Actor anna = join("anna");
    Actor bert = join("bert");
    anna.sendsBinary("{'ping':'once'}").sendsBinary("{'type':'OFFER','dst':'<bert>'}");

    bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>'}");
    anna.getsNothingMore().isStillConnected();
    assertThat(counted(PeerJsIgnoredCause.NO_TYPE)).isEqualTo(1);
  }

  @Test
  void givenBinaryThatIsNoJson_whenSent_thenTheConnectionIsClosedWith1003() {
    join("anna").sendsBinary("nonsense").isClosed(NOT_TEXT);

    assertThat(counted(PeerJsIgnoredCause.NOT_JSON)).isEqualTo(1);
  }

  @Test
  void givenAClientThatHasLeft_whenItGoesOn_thenThatIsCounted() {
    join("anna").sends("{'type':'LEAVE'}", "{'type':'OFFER','dst':'<bert>'}").getsNothingMore()
        .isStillConnected();

    assertThat(counted(PeerJsIgnoredCause.AFTER_LEAVE)).isEqualTo(1);
  }

  @Test
  void givenEachCause_whenItOccurs_thenItIsCountedOnce() {
    join("anna").sends("{", "[]", "{}", "{'type':'X'}", "{'type':'OFFER'}",
        "{'type':'OFFER','dst':{}}").getsNothingMore();

    assertThat(new PeerJsIgnoredCause[] {PeerJsIgnoredCause.NOT_JSON, PeerJsIgnoredCause.NO_OBJECT,
      PeerJsIgnoredCause.NO_TYPE, PeerJsIgnoredCause.UNKNOWN_TYPE, PeerJsIgnoredCause.NO_RECIPIENT,
      PeerJsIgnoredCause.UNREADABLE_RECIPIENT}).allMatch(cause -> counted(cause) == 1);
  }

  @ParameterizedTest
  @EnumSource
  void givenThePageOfTheDialect_whenRead_thenItHasEveryCause(PeerJsIgnoredCause cause)
      throws IOException {
    assertThat(Files.readString(Path.of("../docs/dialects/peerjs.md")))
        .contains("| `" + cause.name().toLowerCase(Locale.ROOT) + "` | ");
  }

  @ParameterizedTest
  @EnumSource
  void givenAGatewayThatHasJustStarted_whenScraped_thenEveryCauseIsThere(PeerJsIgnoredCause cause) {
    assertThat(counted(cause)).isZero();
  }
}
