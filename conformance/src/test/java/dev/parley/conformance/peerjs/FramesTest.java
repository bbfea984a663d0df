package dev.parley.conformance.peerjs;

import static dev.parley.conformance.peerjs.PeerJsSteps.join;
import static dev.parley.conformance.peerjs.PeerJsSteps.path;
import static dev.parley.conformance.peerjs.PeerJsSteps.untilGone;

import dev.parley.conformance.differential.Differential;
import dev.parley.testkit.Actor;
import dev.parley.testkit.Frame;
import dev.parley.testkit.Frame.Opcode;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSocket itself: begin and end of connections, and invalid frames. */
@SideBySide
class FramesTest {

  private final Differential<ServerOptions> servers;

  FramesTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 3000, 4999})
  void aCloseIsAnsweredWithItsCode(int code) {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.client().close(code, "because");
      anna.isClosed(code);
      untilGone(stage, "<anna>");
      bert.getsNothingMore();
    });
  }

  @Test
  void aCloseWithoutCodeIsAnsweredWithoutCode() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      anna.client().closeWithoutCode();
      anna.isClosed(Frame.WITHOUT_CODE);
      untilGone(stage, "<anna>");
    });
  }

  @ParameterizedTest
  @CsvSource({
    // a frame without a mask; reserved bits; a reserved opcode; a continuation of nothing
    "810141, 1002", "c181000000002a, 1002", "838100000000 2a, 1002", "8081000000002a, 1002",
    // a ping in two frames; a ping that is too long; a close with one byte; with invalid codes
    "09810000000041, 1002", "89fe007e00000000, 1002", "888100000000 03, 1002",
    "888200000000 03ed, 1002", "888200000000 03e7, 1002", "888200000000 1388, 1002",
    // a text within a text
    "018100000000 7b 818100000000 7d, 1002",
    // no UTF-8: a lone continuation byte, an overlong one, a surrogate; in the reason of a close
    "818100000000 80, 1007", "818200000000 c080, 1007", "818300000000 eda080, 1007",
    "888400000000 03e8 c080, 1007"})
  void whatIsNoWebSocketFrameEndsTheConnectionAndThatAlone(String bytes, int code) {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.client().raw(HexFormat.of().parseHex(bytes.replace(" ", "")));
      anna.isClosed(code);
      untilGone(stage, "<anna>");
      bert.getsNothingMore().isStillConnected();
    });
  }

  @Test
  void pingsAreAnsweredWithWhatTheySay() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      byte[] payload = new byte[125];
      payload[7] = 7;
      anna.client().ping(payload);
      anna.client().awaitFrame(frame -> frame.equals(new Frame(Opcode.PONG, true, payload)));
      anna.client().send(new Frame(Opcode.PONG, true, payload));
      anna.isStillConnected();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one", "one, two", "two,one"})
  void theFirstSubprotocolThatIsOfferedIsTaken(String offered) {
    servers.same(stage -> {
      Map<String, String> headers =
          offered.isEmpty() ? Map.of() : Map.of("Sec-WebSocket-Protocol", offered);
      Actor anna = stage.actor("anna").connects(path("<anna>", "t"), headers);
      stage.notes("subprotocol", anna.client().answerHeader("sec-websocket-protocol"));
      anna.gets("{'type':'OPEN'}");
    });
  }

  @Test
  void noExtensionIsAccepted() {
    servers.same(stage -> {
      Actor anna = stage.actor("anna").connects(path("<anna>", "t"),
          Map.of("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits"));
      stage.notes("extensions", anna.client().answerHeader("sec-websocket-extensions"));
      anna.gets("{'type':'OPEN'}");
    });
  }

  @ParameterizedTest
  @CsvSource({"Sec-WebSocket-Key, short"})
  void aHandshakeThatIsNoneIsRefused(String header, String value) {
    servers.same(stage -> stage.actor("anna").isRefused(400, path("<anna>", "t"),
        Map.of(header, value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"13", "8"})
  void bothVersionsAreServed(String version) {
    servers.same(stage -> {
      Actor anna = stage.actor("anna").connects(path("<anna>", "t"),
          Map.of("Sec-WebSocket-Version", version));
      anna.gets("{'type':'OPEN'}").sends("{'type':'OFFER','dst':'<anna>','payload':1}")
          .gets("{'type':'OFFER','src':'<anna>','dst':'<anna>','payload':1}");
    });
  }
}
