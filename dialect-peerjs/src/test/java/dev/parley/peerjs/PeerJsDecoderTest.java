package dev.parley.peerjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.json.JsonSource;
import dev.parley.peerjs.PeerJsClientMessage.Heartbeat;
import dev.parley.peerjs.PeerJsClientMessage.Ignored;
import dev.parley.peerjs.PeerJsClientMessage.Leave;
import dev.parley.peerjs.PeerJsClientMessage.Relay;
import dev.parley.peerjs.PeerJsClientMessage.RelayType;
import dev.parley.signal.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerJsDecoderTest {

  private static final int DEPTH = 16;

  private final PeerJsDecoder decoder = new PeerJsDecoder(new JsonSource(DEPTH));

  private PeerJsClientMessage decode(String message) {
    return decoder.decode(Bytes.utf8(message));
  }

  // ---- what is relayed

  /** Any JSON value, nested up to a few levels below the limit, in any layout. */
  @Provide
  Arbitrary<String> json() {
    Arbitrary<String> text =
        Arbitraries.strings().all().ofMaxLength(20).map(PeerJsDecoderTest::quoted);
    Arbitrary<String> scalar =
        Arbitraries.oneOf(
            text,
            Arbitraries.of("null", "true", "false", "0", "-0.0", "1.50", "1e400", "-1E-7",
                "\"\\u0000\\ud83d\""),
            Arbitraries.bigIntegers().map(Object::toString));
    return nested(scalar, text, DEPTH - 4);
  }

  private static Arbitrary<String> nested(Arbitrary<String> scalar, Arbitrary<String> key,
      int depth) {
    if (depth == 0) {
      return scalar;
    }
    Arbitrary<String> space = Arbitraries.of("", " ", "\n\t", "\r");
    // One generator of what is within, as each of them makes those of all levels below it.
    Arbitrary<List<String>> inner = nested(scalar, key, depth - 1).list().ofMaxSize(3);
    // Not lazyOf: it takes the suppliers of all levels for the same one, and then no depth is a limit.
    return Arbitraries.oneOf(
        scalar,
        scalar,
        Combinators.combine(inner, key, space, Arbitraries.of(true, false))
            .as((all, name, s, object) -> object
                ? all.stream().map(value -> s + name + s + ":" + s + value)
                    .collect(Collectors.joining(",", "{", s + "}"))
                : "[" + s + String.join("," + s, all) + s + "]"))
        .withoutEdgeCases();
  }

  private static String quoted(String text) {
    return text.codePoints()
        .filter(c -> c < 0xD800 || c > 0xDFFF)
        .mapToObj(c -> c < ' ' || c == '"' || c == '\\' ? String.format("\\u%04x", c)
            : Character.toString(c))
        .collect(Collectors.joining("", "\"", "\""));
  }

  @Property(tries = 1000)
  void givenAnyPayload_whenDecoded_thenItComesOutByteForByte(
      @ForAll("json") String payload, @ForAll("json") String other, @ForAll long order) {
    List<String> fields =
        new ArrayList<>(
            List.of("\"type\" : \"OFFER\"", "\"payload\":" + payload, "\"dst\":\"b\\u006fb\"",
                "\"src\":" + other));
    Collections.shuffle(fields, new Random(order));

    PeerJsClientMessage message = decode(" {" + String.join(" ,\n", fields) + "} ");

    assertThat(message).isEqualTo(new Relay(RelayType.OFFER, "bob", Bytes.utf8(payload)));
  }

  @Property(tries = 1000)
  void givenAMessageThatWasDamaged_whenDecoded_thenNothingIsThrown(
      @ForAll("json") String payload, @ForAll @IntRange(max = 10_000) int where,
      @ForAll byte damage) {
    byte[] message = ("{\"type\":\"OFFER\",\"dst\":\"bob\",\"payload\":" + payload + "}")
        .getBytes(StandardCharsets.UTF_8);
    message[where % message.length] = damage;

    assertThat(decoder.decode(Bytes.of(message))).isNotNull();
    assertThat(decoder.decode(Bytes.of(message).slice(0, where % message.length))).isNotNull();
  }

  @Property(tries = 1000)
  void givenGarbage_whenDecoded_thenNothingIsThrown(@ForAll byte[] garbage) {
    assertThat(decoder.decode(Bytes.of(garbage))).isInstanceOf(Ignored.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OFFER", "ANSWER", "CANDIDATE", "LEAVE", "EXPIRE"})
  void givenATypeForAnotherClient_whenDecoded_thenItIsRelayed(String type) {
    assertThat(decode("{\"type\":\"" + type + "\",\"dst\":\"bob\"}"))
        .isEqualTo(new Relay(RelayType.valueOf(type), "bob", Bytes.EMPTY));
  }

  @Test
  void givenRepeatedFields_whenDecoded_thenTheLastOnesCount() {
    assertThat(
        decode(
            "{\"type\":\"LEAVE\",\"payload\":1,\"dst\":\"a\",\"type\":\"OFFER\",\"payload\":2,\"dst\":\"b\"}"))
        .isEqualTo(new Relay(RelayType.OFFER, "b", Bytes.utf8("2")));
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "15, true", "16, false", "5000, false"})
  void givenAPayloadOfSomeDepth_whenDecoded_thenTheLimitHolds(int depth, boolean fine) {
    PeerJsClientMessage message =
        decode("{\"type\":\"OFFER\",\"dst\":\"b\",\"payload\":" + "[".repeat(depth) + "1"
            + "]".repeat(depth) + "}");

    assertThat(message).isInstanceOf(fine ? Relay.class : Ignored.class);
  }

  // ---- what is not

  @Test
  void givenAHeartbeat_whenDecoded_thenItIsOne() {
    assertThat(decode("{\"type\":\"HEARTBEAT\"}")).isEqualTo(new Heartbeat());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"dst\":null", ",\"dst\":\"\""})
  void givenLeaveForNobody_whenDecoded_thenItsSenderLeaves(String dst) {
    assertThat(decode("{\"type\":\"LEAVE\"" + dst + "}")).isEqualTo(new Leave());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
    "{\"type\":\"OFFER\"}                          | NO_RECIPIENT",
    "{\"type\":\"OFFER\",\"dst\":null}             | NO_RECIPIENT",
    "{\"type\":\"PING\",\"dst\":\"b\"}             | UNKNOWN_TYPE",
    "{\"type\":\"\"}                               | UNKNOWN_TYPE",
    "{\"type\":\"OPEN\"}                           | UNKNOWN_TYPE",
    "{\"ping\":\"once\"}                           | NO_TYPE",
    "{}                                          | NO_TYPE",
    "{\"type\":5}                                | NO_TYPE",
    "{\"type\":null}                             | NO_TYPE",
    "{\"type\":[\"OFFER\"]}                        | NO_TYPE",
    "{\"type\":\"OFFER\",\"dst\":{}}               | UNREADABLE_RECIPIENT",
    "{\"type\":\"OFFER\",\"dst\":[\"b\"]}          | UNREADABLE_RECIPIENT",
    "{\"type\":\"OFFER\",\"dst\":true}             | UNREADABLE_RECIPIENT",
    "{\"type\":\"LEAVE\",\"dst\":false}            | UNREADABLE_RECIPIENT",
    "{\"type\":\"OFFER\",\"dst\":1e400}            | UNREADABLE_RECIPIENT",
    "[]                                          | NO_OBJECT",
    "[{\"type\":\"HEARTBEAT\"}]                    | NO_OBJECT",
    "null                                        | NO_OBJECT",
    "5                                           | NO_OBJECT",
    "\"x\"                                         | NO_OBJECT"})
  void givenWhatIsNoMessage_whenDecoded_thenItIsIgnoredForACause(String message, String cause) {
    assertThat(decode(message)).isEqualTo(new Ignored(PeerJsIgnoredCause.valueOf(cause)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "x", "{", "[", "{\"type\":\"HEARTBEAT\"} x", "{\"type\":\"HEARTBEAT\"}{}",
        "{'type':'HEARTBEAT'}", "{\"type\":\"OFFER\",\"dst\":\"b\",\"payload\":NaN}",
        "{\"type\":\"OFFER\",\"dst\":\"b\",\"payload\":01}", "{\"type\":\"OFFER\",\"dst\":07}",
        "{\"type\":\"OFFER\",\"dst\":-}", "\uFEFF{\"type\":\"HEARTBEAT\"", "{\u0000}"
      })
  void givenWhatIsNotJson_whenDecoded_thenItIsIgnored(String message) {
    assertThat(decode(message)).isEqualTo(new Ignored(PeerJsIgnoredCause.NOT_JSON));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "false", "1e400", "[1]"})
  void givenAHeartbeatWithAStrangeRecipient_whenDecoded_thenItIsOneAllTheSame(String dst) {
    assertThat(decode("{\"type\":\"HEARTBEAT\",\"dst\":" + dst + "}"))
        .isEqualTo(new Heartbeat());
  }

  /** Each text is what JavaScript makes of the number. */
  @ParameterizedTest
  @CsvSource({"77, 77", "7.0, 7", "1e2, 100", "0, 0", "-0, 0", "-0.0, 0", "-5, -5", "0.5, 0.5",
    "1.50, 1.5", "0.000001, 0.000001", "123456789012345680000, 123456789012345680000",
    "12345678901234567890, 12345678901234567000", "9007199254740993, 9007199254740992",
    "0.1, 0.1", "1E+3, 1000", "120e-1, 12", "999999999999999900000, 999999999999999900000"})
  void givenANumberAsRecipient_whenDecoded_thenItIsItsText(String number, String text) {
    assertThat(decode("{\"type\":\"OFFER\",\"dst\":" + number + "}"))
        .isEqualTo(new Relay(RelayType.OFFER, text, Bytes.EMPTY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e21", "1e-7", "1e400", "-1e300",
    "1000000000000000000000000000000000000000000000000000000000000000000000000"})
  void givenANumberWithoutAPlainText_whenDecoded_thenItIsIgnored(String number) {
    assertThat(decode("{\"type\":\"LEAVE\",\"dst\":" + number + "}"))
        .isEqualTo(new Ignored(PeerJsIgnoredCause.UNREADABLE_RECIPIENT));
  }
}
