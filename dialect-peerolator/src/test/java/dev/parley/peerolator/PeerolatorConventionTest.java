package dev.parley.peerolator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.json.TextBuffer;
import dev.parley.peerolator.schema.PeerolatorMessageSchemas;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.OfferHints;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
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

/** What the convention says, written and read again: there and back nothing is lost. */
class PeerolatorConventionTest {

  private static final int DEPTH = 16;
  private static final PeerAddress ANNA = new PeerAddress("default", "anna");
  private static final PeerAddress SARA = new PeerAddress("default", "sara");

  private final PeerolatorDecoder decoder =
      new PeerolatorDecoder(DEPTH, PeerolatorMessageSchemas.NONE);
  private final PeerolatorInterpreter interpreter = new PeerolatorInterpreter(DEPTH);

  private static Signal signal(String type, String message) {
    return signal(type, Bytes.utf8(message));
  }

  private static Signal signal(String type, Bytes message) {
    return new Signal(SignalKind.CUSTOM, ANNA, SARA, PeerolatorDialect.NAME, type, message, 0);
  }

  /** A peer receives this, sends the same to another, and that is read. */
  private Optional<ForeignSignal> thereAndBack(Content content, String conversation) {
    TextBuffer frame = new TextBuffer();
    PeerolatorForeignEncoder.encode(
        new PeerolatorForeignMessage(ANNA.id(), SARA.id(), conversation, content), frame);
    PeerolatorPeerMessage message = decoder.decode(Bytes.utf8(frame.toString()));
    assertThat(message).isInstanceOfSatisfying(PeerolatorPeerMessage.Relay.class, relay -> {
      assertThat(relay.from()).isEqualTo("anna");
      assertThat(relay.to()).isEqualTo("sara");
    });
    PeerolatorPeerMessage.Relay relay = (PeerolatorPeerMessage.Relay) message;
    return interpreter.read(signal(relay.type(), relay.message()));
  }

  private static Arbitrary<String> words() {
    return Arbitraries.strings().ofMaxLength(40);
  }

  private static Arbitrary<Bytes> values() {
    return PeerolatorAnyJson.nested(4).filter(json -> !json.equals("null")).map(Bytes::utf8);
  }

  @Provide
  Arbitrary<OfferHints> terms() {
    return Combinators.combine(
        words().injectNull(0.3),
        Arbitraries.of(true, false).injectNull(0.3),
        words().injectNull(0.3),
        values().injectNull(0.3),
        values().injectNull(0.5),
        values().injectNull(0.5))
        .as(OfferHints::new);
  }

  @Provide
  Arbitrary<Content> contents() {
    Arbitrary<String> sdp = Arbitraries.strings().ofMaxLength(200);
    Arbitrary<String> text = words().filter(word -> !word.isEmpty());
    return Arbitraries.oneOf(
        Combinators.combine(sdp.map(Sdp::of), terms()).as(Content.Offer::new),
        Combinators.combine(sdp.map(Sdp::of), terms()).as(Content.Answer::new),
        Combinators.combine(
            text, words().injectNull(0.3),
            Arbitraries.integers().between(0, 0xFFFF).injectNull(0.3), text.injectNull(0.3))
            .as(Content.Candidate::new),
        Arbitraries.of(new Content.EndOfCandidates(), new Content.Bye()),
        Combinators.combine(text, values()).as(Content.Renegotiation::new));
  }

  @Property(tries = 1000)
  void givenAnyContent_whenWrittenAndRead_thenItIsTheSameInTheSameConversation(
      @ForAll("contents") Content content, @ForAll String conversation) {
    assertThat(thereAndBack(content, conversation)).hasValueSatisfying(read -> {
      assertThat(read.content())
          .isEqualTo(content instanceof Content.Candidate some ? some.placed() : content);
      assertThat(read.conversation()).isEqualTo(conversation);
    });
  }

  @Property
  void givenACustomMessage_whenWrittenAndRead_thenItsNameAndBytesAreTheSame(
      @ForAll("names") String name, @ForAll("data") String data) {
    Content custom = new Content.Custom(name, Bytes.utf8(data));

    assertThat(thereAndBack(custom, "").map(ForeignSignal::content)).contains(custom);
  }

  @Provide
  Arbitrary<String> names() {
    return words()
        .filter(name -> PeerolatorMessageType.of(name) == PeerolatorMessageType.OTHER
            && !PeerolatorJoin.isReserved(name));
  }

  @Provide
  Arbitrary<String> data() {
    return PeerolatorAnyJson.nested(6);
  }

  @Test
  void givenACustomMessageWithoutData_whenWritten_thenItsMessageIsNull() {
    assertThat(thereAndBack(new Content.Custom("wave", Bytes.EMPTY), ""))
        .hasValueSatisfying(read -> assertThat(read.content())
            .isEqualTo(new Content.Custom("wave", Bytes.utf8("null"))));
  }

  @Property(tries = 1000)
  void givenAMessageThatWasDamaged_whenRead_thenNothingIsThrown(
      @ForAll("contents") Content content, @ForAll("types") String type,
      @ForAll @IntRange(max = 10_000) int where, @ForAll byte damage) {
    TextBuffer frame = new TextBuffer();
    PeerolatorForeignEncoder.encode(new PeerolatorForeignMessage("a", "b", "c", content), frame);
    String text = frame.toString();
    byte[] message =
        text.substring(text.indexOf("\"message\":") + 10, text.length() - 1)
            .getBytes(StandardCharsets.UTF_8);
    message[where % message.length] = damage;

    assertThat(interpreter.read(signal(type, Bytes.of(message)))).isNotNull();
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.of("OFFER", "ANSWER", "CANDIDATE", "BYE", "RENEGOTIATE", "UNAVAILABLE");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "OFFER     | {}", "OFFER  | {\"sdp\":5}", "OFFER | \"v=0\"", "OFFER | null", "ANSWER | []",
    "CANDIDATE | null", "CANDIDATE | {\"candidate\":5}", "CANDIDATE | 7",
    "parley:join | {}", "parley:welcome | {}"})
  void givenWhatCannotBeTold_whenRead_thenNothingIs(String type, String message) {
    assertThat(interpreter.read(signal(type, message))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{\"candidate\":null,\"conversation\":\"c\"}                | END_OF_CANDIDATES",
    "{\"candidate\":{\"candidate\":\"\",\"sdpMid\":\"0\"}}    | END_OF_CANDIDATES",
    "{\"candidate\":{}}                                       | END_OF_CANDIDATES",
    "{\"conversation\":\"c\"}                                 | END_OF_CANDIDATES",
    "{\"candidate\":{\"candidate\":\"candidate:1 1 udp\"}}    | CANDIDATE",
    "{\"candidate\":{\"candidate\":\"of its own\"}}           | CANDIDATE",
    "{\"candidate\":5}                                        | CANDIDATE",
    "null                                                     | CANDIDATE"})
  void givenACandidate_whenDecoded_thenItIsTheEndOfThemIfItShowsNone(
      String message, SignalKind kind) {
    assertThat(
        decoder
            .decode(
                Bytes.utf8("{\"to\":\"b\",\"type\":\"CANDIDATE\",\"message\":" + message + "}")))
        .isInstanceOfSatisfying(
            PeerolatorPeerMessage.Relay.class, relay -> assertThat(relay.kind()).isEqualTo(kind));
    if (kind == SignalKind.END_OF_CANDIDATES) {
      assertThat(interpreter.read(signal("CANDIDATE", message)))
          .hasValueSatisfying(
              read -> assertThat(read.content()).isEqualTo(new Content.EndOfCandidates()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "5", "[]", "{}", "{\"conversation\":5}"})
  void givenABye_whenRead_thenItIsOneWhateverItSays(String message) {
    assertThat(interpreter.read(signal("BYE", message))).hasValueSatisfying(read -> {
      assertThat(read.content()).isEqualTo(new Content.Bye());
      assertThat(read.conversation()).isNull();
    });
  }

  @ParameterizedTest
  @CsvSource({"{}, theirs", "'{\"conversation\":\"said\"}', said"})
  void givenAKeyBesideTheMessage_whenRead_thenItCountsUnlessTheMessageHasOne(
      String message, String conversation) {
    assertThat(interpreter.read(signal("BYE", message).within("theirs")))
        .hasValueSatisfying(read -> assertThat(read.conversation()).isEqualTo(conversation));
  }

  @Test
  void givenAnswersWithRepeatedFields_whenRead_thenTheLastCount() {
    String message = "{\"sdp\":\"a\",\"conversation\":\"1\",\"x\":{\"sdp\":\"b\"},"
        + "\"sdp\":\"c\",\"conversation\":\"2\"}";

    assertThat(interpreter.read(signal("ANSWER", message))).hasValueSatisfying(read -> {
      assertThat(read.content()).isEqualTo(new Content.Answer(Sdp.of("c"), OfferHints.NONE));
      assertThat(read.conversation()).isEqualTo("2");
    });
    assertThat(
        decoder
            .decode(Bytes.utf8("{\"to\":\"b\",\"type\":\"ANSWER\",\"message\":" + message + "}")))
        .isEqualTo(
            new PeerolatorPeerMessage.Relay(null, "b", "ANSWER", SignalKind.ANSWER,
                Bytes.utf8(message),
                "2"));
  }
}
