package dev.parley.linkup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.json.JsonSource;
import dev.parley.linkup.LinkupClientMessage.Call;
import dev.parley.linkup.LinkupClientMessage.Request;
import dev.parley.signal.Bytes;
import dev.parley.signal.SignalKind;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkupDecoderTest {

  private static final int DEPTH = 16;

  private final JsonSource json = new JsonSource(DEPTH);
  private final LinkupDecoder decoder = new LinkupDecoder(json, new LinkupInterpreter(json));

  private static Bytes signal(String signal) {
    return Bytes.utf8(
        "{\"method\":\"signal\",\"params\":{\"from\":\"a\",\"to\":\"b\",\"signal\":" + signal
            + "}}");
  }

  private Call.Send send(Bytes message) {
    return (Call.Send) ((Request) decoder.decode(message)).call();
  }

  @Property
  void givenAnySignal_whenDecoded_thenItComesOutByteForByte(@ForAll("values") String value) {
    assertThat(send(signal(value)).signal().text()).isEqualTo(value);
  }

  @Property
  void givenGarbage_whenDecoded_thenNothingIsThrown(@ForAll byte[] garbage) {
    assertThat(decoder.decode(Bytes.of(garbage))).isNotNull();
  }

  @Property
  void givenAMessageThatWasDamaged_whenDecoded_thenNothingIsThrown(
      @ForAll("values") String value, @ForAll int at, @ForAll byte with) {
    byte[] message = signal(value).text().getBytes(StandardCharsets.UTF_8);
    message[Math.floorMod(at, message.length)] = with;

    assertThat(decoder.decode(Bytes.of(message))).isNotNull();
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.of(
        "null", "5", "-1.5e3", "true", "\"\"", "\"ä\\u0000\"", "{}", "[]", "[ 1 , {\"a\":null} ]",
        "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\"}", "{ \"a\" : { \"signal\" : [ ] } }",
        "12345678901234567890.12345678901234567890");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
    "{\"type\":\"offer\",\"sdp\":\"v=0\"}                     | OFFER",
    "{\"sdp\":\"v=0\",\"type\":\"answer\"}                    | ANSWER",
    "{\"type\":\"offer\"}                                     | CUSTOM",
    "{\"type\":\"candidate\",\"candidate\":{\"candidate\":\"c\"}} | CANDIDATE",
    "{\"candidate\":{\"candidate\":\"c\"}}                    | CANDIDATE",
    "{\"type\":\"candidate\",\"candidate\":null}              | END_OF_CANDIDATES",
    "{\"type\":\"renegotiate\",\"renegotiate\":true}          | CUSTOM",
    "{\"transceiverRequest\":{\"kind\":\"video\"}}            | CUSTOM",
    "{}                                                       | CUSTOM",
    "\"{\\\"type\\\":\\\"offer\\\",\\\"sdp\\\":\\\"v=0\\\"}\" | OFFER",
    "\"{\\\"candidate\\\":{\\\"candidate\\\":\\\"c\\\"}}\"     | CANDIDATE",
    "\"{\\\"candidate\\\":{}}\"                               | END_OF_CANDIDATES",
    "{\"type\":\"candidate\",\"candidate\":{\"candidate\":\"\"}} | END_OF_CANDIDATES",
    "{\"candidate\":{\"candidate\":\"\",\"sdpMid\":\"0\"}}      | END_OF_CANDIDATES",
    "{\"type\":\"candidate\"}                                 | END_OF_CANDIDATES",
    "{\"candidate\":5}                                        | CANDIDATE",
    "\"no json\"                                              | CUSTOM",
    "5                                                        | CUSTOM"})
  void givenASignal_whenDecoded_thenItsMeaningShowsInItsFields(String value, SignalKind kind) {
    assertThat(send(signal(value)).kind()).isEqualTo(kind);
  }

  @Test
  void givenASignalNestedTooDeeply_whenDecoded_thenItIsNoMessage() {
    String deep = "[".repeat(DEPTH) + "]".repeat(DEPTH);

    assertThat(decoder.decode(signal(deep))).isInstanceOf(LinkupClientMessage.Malformed.class);
  }

  @Test
  void givenARepeatedMember_whenDecoded_thenTheLastCounts() {
    Call call =
        ((Request) decoder.decode(
            Bytes.utf8(
                "{\"method\":\"ping\",\"method\":\"find\",\"params\":{},\"params\":{\"id\":\"a\",\"id\":\"b\"}}")))
            .call();

    assertThat(call).isEqualTo(new Call.Find("b"));
  }
}
