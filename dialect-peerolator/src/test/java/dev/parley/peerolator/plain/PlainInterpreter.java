package dev.parley.peerolator.plain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.dialect.Interpreter;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.OfferHints;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code {"to":…,"say":"offer","sdp":…}} and the like. */
final class PlainInterpreter implements Interpreter {

  static final JsonMapper JSON = new JsonMapper();

  static JsonNode tree(Bytes text) {
    try {
      return JSON.readTree(text.text());
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException("a scene sends what is no JSON", wrong);
    }
  }

  static SignalKind kind(JsonNode said) {
    return switch (said.path("say").asText()) {
      case "offer" -> SignalKind.OFFER;
      case "answer" -> SignalKind.ANSWER;
      case "candidate" -> SignalKind.CANDIDATE;
      case "end" -> SignalKind.END_OF_CANDIDATES;
      case "bye" -> SignalKind.BYE;
      default -> SignalKind.CUSTOM;
    };
  }

  @Override
  public Optional<ForeignSignal> read(Signal signal) {
    JsonNode said = tree(signal.payload());
    return Optional.of(new ForeignSignal(signal, text(said, "conversation"), content(said)));
  }

  private static Content content(JsonNode said) {
    return switch (said.path("say").asText()) {
      case "offer" -> new Content.Offer(Sdp.of(said.path("sdp").asText()), terms(said));
      case "answer" -> new Content.Answer(Sdp.of(said.path("sdp").asText()), terms(said));
      case "candidate" ->
          new Content.Candidate(said.path("candidate").asText(), text(said, "sdpMid"),
              said.has("sdpMLineIndex") ? said.get("sdpMLineIndex").asInt() : null,
              text(said, "usernameFragment"));
      case "end" -> new Content.EndOfCandidates();
      case "bye" -> new Content.Bye();
      case "renegotiate", "transceiverRequest" ->
          new Content.Renegotiation(said.path("say").asText(), value(said, "detail"));
      default -> new Content.Custom(said.path("say").asText(), value(said, "data"));
    };
  }

  private static OfferHints terms(JsonNode said) {
    return new OfferHints(text(said, "label"),
        said.has("reliable") ? said.get("reliable").asBoolean()
            : null,
        text(said, "serialization"), said.has("metadata") ? value(said, "metadata") : null,
        null, null);
  }

  private static @Nullable String text(JsonNode said, String field) {
    return said.path(field).textValue();
  }

  private static Bytes value(JsonNode said, String field) {
    return said.has(field) ? Bytes.utf8(said.get(field).toString()) : Bytes.EMPTY;
  }
}
