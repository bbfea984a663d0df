package dev.parley.conformance.calling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.differential.Differential;
import dev.parley.testkit.Actor;
import dev.parley.testkit.Frame;
import dev.parley.testkit.Frame.Opcode;
import dev.parley.testkit.HttpProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connecting, being greeted, and the end of a connection. */
@SideBySide
class ConnectionTest {

  private final Differential<ServerOptions> servers;

  ConnectionTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  @Test
  void whoConnectsIsGreetedWithAnIdThatNobodyElseHas() {
    servers.same(stage -> {
      Caller.on(stage, "anna").getsNothingMore();
      Caller.on(stage, "bert").getsNothingMore();
      assertThat(stage.resolve("<anna>")).isNotEqualTo(stage.resolve("<bert>")).hasSize(36);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/calling", "/some/where?x=1", "/signaling/"})
  void anyPathWillDo(String path) {
    servers.same(stage -> Caller.on(stage, "anna", path).asks("ping").isAnswered());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void plainHttpIsToldToUpgrade(String method) {
    servers.same(stage -> {
      HttpProbe.Answer answer =
          HttpProbe.send(method, stage.http("/"), java.util.Map.of());
      stage.notes(method, answer.status() + " " + answer.body());
    });
  }

  @Test
  void aBinaryMessageIsReadLikeText() {
    servers.same(stage -> {
      Actor anna = Caller.on(stage, "anna").actor();
      anna.sendsBinary("{'type':'room_join','tid':1,'room':'<r>\u00e4'}");
      anna.gets(
          "{'type':'answer','tid':1,'data':{'room':'<r>\u00e4','peers':{},'status':{}}}");
    });
  }

  @Test
  void aMessageInFramesIsOneMessage() {
    servers.same(stage -> {
      Actor anna = Caller.on(stage, "anna").actor();
      anna.sendsInFrames("{'type':'room_jo", "", "in','tid':1,'ro", "om':'<r>'}");
      anna.gets("{'type':'answer','tid':1,'data':{'room':'<r>','peers':{},'status':{}}}");
    });
  }

  @Test
  void aPingOfTheWebSocketIsAnswered() {
    servers.same(stage -> {
      Actor anna = Caller.on(stage, "anna").actor();
      anna.client().ping("hi".getBytes(UTF_8));
      anna.client()
          .awaitFrame(new Frame(Opcode.PONG, true, "hi".getBytes(UTF_8))::equals);
    });
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 4321})
  void aCloseIsAnsweredWithItsCode(int code) {
    servers.same(stage -> {
      Actor anna = Caller.on(stage, "anna").actor();
      anna.client().close(code, "bye");
      anna.isClosed(code);
    });
  }

  @Test
  void aCloseWithoutACodeIsAnsweredWithoutOne() {
    servers.same(stage -> {
      Actor anna = Caller.on(stage, "anna").actor();
      anna.client().closeWithoutCode();
      anna.isClosed(Frame.WITHOUT_CODE);
    });
  }

  @Test
  void whatIsNotUtf8EndsTheConnection() {
    servers.same(stage -> {
      Actor anna = Caller.on(stage, "anna").actor();
      anna.client().send(new Frame(Opcode.TEXT, true, new byte[] {(byte) 0xff, (byte) 0xfe}));
      anna.isClosed(1007);
    });
  }
}
