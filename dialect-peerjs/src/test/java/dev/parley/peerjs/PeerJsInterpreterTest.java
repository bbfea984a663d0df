package dev.parley.peerjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.json.JsonSource;
import dev.parley.peerjs.PeerJsClientMessage.Relay;
import dev.parley.peerjs.PeerJsClientMessage.RelayType;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerJsInterpreterTest {

  private static final PeerAddress SELF = new PeerAddress("default", "self");

  private final PeerJsInterpreter interpreter = new PeerJsInterpreter(new JsonSource(8));

  private static Bytes payload(String json) {
    return Bytes.utf8(json.replace('\'', '"'));
  }

  private ForeignSignal read(SignalKind kind, Bytes payload) {
    return interpreter
        .read(new Signal(kind, SELF, SELF, PeerJsDialect.NAME, "CANDIDATE", payload, 0))
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{'candidate':null,'type':'data','connectionId':'dc_1'}",
    "{'candidate':{'candidate':'','sdpMid':'0','sdpMLineIndex':0},'connectionId':'dc_1'}",
    "{'candidate':{'candidate':null},'connectionId':'dc_1'}",
    "{'candidate':{},'connectionId':'dc_1'}",
    "{'type':'data','connectionId':'dc_1'}"})
  void givenTheEndOfCandidates_whenAClientSaysSo_thenItIsCountedAndReadAsThat(String json) {
    Bytes payload = payload(json);

    assertThat(interpreter.kind(new Relay(RelayType.CANDIDATE, "bob", payload)))
        .isEqualTo(SignalKind.END_OF_CANDIDATES);
    ForeignSignal read = read(SignalKind.END_OF_CANDIDATES, payload);
    assertThat(read.content()).isEqualTo(new Content.EndOfCandidates());
    assertThat(read.conversation()).isEqualTo("dc_1");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{'candidate':{'candidate':'candidate:1 1 udp 1 h 5 typ host'},'connectionId':'dc_1'}",
    "{'candidate':{'candidate':'something of its own'}}",
    "{'candidate':5}",
    "'text'",
    "null",
    "{'candidate':",
    ""})
  void givenAnyOtherCandidate_whenAClientSaysIt_thenItIsCountedAsOne(String json) {
    assertThat(interpreter.kind(new Relay(RelayType.CANDIDATE, "bob", payload(json))))
        .isEqualTo(SignalKind.CANDIDATE);
  }

  @ParameterizedTest
  @EnumSource(value = RelayType.class, mode = EnumSource.Mode.EXCLUDE, names = "CANDIDATE")
  void givenAnotherType_whenItsPayloadHasNoCandidate_thenItsKindIsThatOfTheType(RelayType type) {
    assertThat(interpreter.kind(new Relay(type, "bob", payload("{'candidate':null}"))))
        .isEqualTo(type.kind());
  }
}
