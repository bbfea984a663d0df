package dev.parley.peerjs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.json.TextBuffer;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.Media;
import dev.parley.signal.OfferHints;
import dev.parley.signal.Sdp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is made up for PeerJS clients has every member that their own kind sends. The frames were
 * recorded from the real libraries in Chromium; descriptions and candidates are cut short.
 */
class MadeUpFramesTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Sdp SDP = Sdp.of("v=0\r\n");

  /**
   * Nothing that a client fails without: {@code browser} is what some versions go by when they cut
   * large binary messages in pieces, and is sent by none since 1.4; who does not say the
   * {@code usernameFragment} means that of the latest description.
   */
  private static final Set<String> NOT_NEEDED =
      Set.of("payload.browser", "payload.candidate.usernameFragment");

  private static Stream<JsonNode> recorded() {
    try (InputStream frames =
        Objects.requireNonNull(
            MadeUpFramesTest.class.getResourceAsStream("/recorded/peerjs-frames.json"))) {
      return StreamSupport.stream(JSON.readTree(frames).spliterator(), false);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Stream<Arguments> frames() {
    return recorded().map(
        each -> Arguments.of(each.get("client").textValue(),
            each.at("/sent/type").textValue(), each.at("/sent/payload/type").textValue(),
            each.get("sent")));
  }

  private static Content content(String type, OfferHints terms) {
    return switch (type) {
      case "OFFER" -> new Content.Offer(SDP, terms);
      case "ANSWER" -> new Content.Answer(SDP, terms);
      case "CANDIDATE" -> new Content.Candidate("candidate:1", null, null, null);
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static JsonNode made(String media, Content content) {
    return made(media, content, PeerJsOfferSerialization.RAW);
  }

  private static JsonNode made(String media, Content content,
      PeerJsOfferSerialization serialization) {
    TextBuffer out = new TextBuffer();
    PeerJsEncoder.foreign(
        new PeerJsForeignMessage("lea", "dc_1", media.equals("media") ? Media.MEDIA : Media.DATA,
            content),
        "pia", serialization, out);
    try {
      return JSON.readTree(out.toString());
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }

  /** The paths of all members. */
  private static Set<String> members(JsonNode object, String prefix) {
    Set<String> members = new TreeSet<>();
    for (Map.Entry<String, JsonNode> each : object.properties()) {
      members.add(prefix + each.getKey());
      members.addAll(members(each.getValue(), prefix + each.getKey() + "."));
    }
    return members;
  }

  private static Offered offered(OfferHints terms) {
    return new Offered(made("data", content("OFFER", terms)).get("payload"));
  }

  private record Offered(JsonNode payload) {
    @Nullable
    String text(String member) {
      return payload.path(member).textValue();
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("frames")
  void givenAFrameOfARealClient_whenOneOfItsKindIsMadeUp_thenItHasTheSameMembers(
      String client, String type, String media, JsonNode recorded) {
    Set<String> wanted = members(recorded, "");
    wanted.removeAll(NOT_NEEDED);

    assertThat(members(made(media, content(type, OfferHints.NONE)), "")).containsAll(wanted)
        .contains("src");
  }

  @Test
  void givenAnOfferWithoutTerms_whenMadeUp_thenTheConnectionIdIsTheLabel() {
    Offered offer = offered(OfferHints.NONE);

    assertThat(offer.text("label")).isEqualTo("dc_1");
    assertThat(offer.text("serialization")).isEqualTo("raw");
    assertThat(offer.payload().get("reliable").booleanValue()).isTrue();
    assertThat(offer.payload().has("metadata")).isFalse();
  }

  @Test
  void givenAnOfferWithTerms_whenMadeUp_thenTheyAreSaid() {
    Offered offer =
        offered(new OfferHints("chat", false, "binary", Bytes.utf8("{\"x\":1}"), null, null));

    assertThat(offer.text("label")).isEqualTo("chat");
    assertThat(offer.text("serialization")).isEqualTo("binary");
    assertThat(offer.payload().get("reliable").booleanValue()).isFalse();
    assertThat(offer.payload().at("/metadata/x").intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(nullValues = "null", value = {"0, 0", "video, null"})
  void givenACandidateThatSaysOnlyItsPart_whenMadeUp_thenTheNumberIsThereEvenIfItIsNull(
      String mid, String index) {
    JsonNode made = made("data", new Content.Candidate("candidate:1", mid, null, null));

    assertThat(made.at("/payload/candidate").toString())
        .isEqualTo("{\"candidate\":\"candidate:1\",\"sdpMid\":\"" + mid
            + "\",\"sdpMLineIndex\":" + index + "}");
  }

  // ---- what offers say about serialization

  @ParameterizedTest
  @CsvSource({"elsewhere, , raw", "elsewhere, 1.5.5, raw", "elsewhere, 1, json",
    "acme, , json", "acme, 1.5.5, json", "acme, 2, raw", "acme, 1, json"})
  void givenRealmsAndVersions_whenAClientComes_thenItsVersionDecidesFirst(
      String realm, @Nullable String version, String expected) {
    PeerJsForeignOffers offers =
        new PeerJsForeignOffers(PeerJsOfferSerialization.RAW,
            Map.of("acme", PeerJsOfferSerialization.JSON),
            Map.of("1", PeerJsOfferSerialization.JSON, "2", PeerJsOfferSerialization.RAW));

    PeerJsOfferSerialization chosen = offers.of(realm, Optional.ofNullable(version));

    assertThat(made("data", content("OFFER", OfferHints.NONE), chosen).at("/payload/serialization")
        .textValue()).isEqualTo(expected);
  }

  @Test
  void givenTheDefaults_whenPeerdartComes_thenItsOffersAreJsonAndThoseOfOthersRaw() {
    PeerJsForeignOffers offers = PeerJsOptions.DEFAULT.foreignOffers();

    assertThat(offers.of("default", Optional.of("1"))).isEqualTo(PeerJsOfferSerialization.JSON);
    assertThat(offers.of("default", Optional.of("1.5.5"))).isEqualTo(PeerJsOfferSerialization.RAW);
    assertThat(offers.of("default", Optional.empty())).isEqualTo(PeerJsOfferSerialization.RAW);
  }
}
