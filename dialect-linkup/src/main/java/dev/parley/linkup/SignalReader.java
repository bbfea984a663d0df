package dev.parley.linkup;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.dialect.Interpreter;
import dev.parley.json.JsonSource;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Terms;
import dev.parley.webrtc.CandidateJson;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what simple-peer says to simple-peer, the {@code signal} of linkup's messages: an object,
 * or, as older clients send it, that object's text. Which one it is shows in the fields, since
 * simple-peer 6 does not name the type of a candidate. Any thread.
 */
final class SignalReader implements Interpreter {

  private final JsonSource json;

  SignalReader(JsonSource json) {
    this.json = json;
  }

  /** The meaning of the signal that {@code parser} has just begun; it goes on to its end. */
  SignalKind kind(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> kindOfObject(parser);
      case VALUE_STRING -> kindOfText(parser.getText());
      default -> {
        parser.skipChildren();
        yield SignalKind.CUSTOM;
      }
    };
  }

  private static SignalKind kindOfObject(JsonParser parser) throws IOException {
    @Nullable SignalKind described = null;
    SignalKind kind = SignalKind.CUSTOM;
    boolean hasSdp = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "type" -> described = value == JsonToken.VALUE_STRING ? described(parser) : null;
        case "sdp" -> hasSdp = value == JsonToken.VALUE_STRING;
        case "candidate" ->
            kind =
                value == JsonToken.VALUE_NULL ? SignalKind.END_OF_CANDIDATES : SignalKind.CANDIDATE;
        default -> {}
      }
      parser.skipChildren();
    }
    return hasSdp && described != null ? described : kind;
  }

  private static @Nullable SignalKind described(JsonParser parser) throws IOException {
    return switch (parser.getText()) {
      case "offer" -> SignalKind.OFFER;
      case "answer" -> SignalKind.ANSWER;
      default -> null;
    };
  }

  private SignalKind kindOfText(String text) {
    try (JsonParser parser = json.open(Bytes.utf8(text))) {
      return parser.nextToken() == JsonToken.START_OBJECT
          ? kindOfObject(parser)
          : SignalKind.CUSTOM;
    } catch (IOException notJson) {
      return SignalKind.CUSTOM;
    }
  }

  @Override
  public Optional<ForeignSignal> read(Signal signal) {
    try {
      return content(signal.payload())
          .map(content -> new ForeignSignal(signal, signal.conversation(), content));
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  private Optional<Content> content(Bytes payload) throws IOException {
    try (JsonParser parser = json.open(payload)) {
      return switch (parser.nextToken()) {
        case START_OBJECT -> object(parser, payload);
        case VALUE_STRING -> unpacked(Bytes.utf8(parser.getText()));
        default -> Optional.empty();
      };
    }
  }

  private Optional<Content> unpacked(Bytes text) throws IOException {
    try (JsonParser parser = json.open(text)) {
      return parser.nextToken() == JsonToken.START_OBJECT
          ? object(parser, text)
          : Optional.empty();
    }
  }

  private static Optional<Content> object(JsonParser parser, Bytes payload) throws IOException {
    @Nullable String type = null;
    @Nullable Sdp sdp = null;
    @Nullable Bytes detail = null;
    Optional<Content> candidate = Optional.empty();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      boolean text = value == JsonToken.VALUE_STRING;
      switch (field) {
        case "type" -> type = text ? parser.getText() : null;
        case "sdp" -> sdp = text ? Sdp.json(JsonSource.string(parser, payload)) : null;
        case "candidate" -> candidate = CandidateJson.read(parser);
        case "renegotiate", "transceiverRequest" -> {
          type = field;
          detail = JsonSource.value(parser, payload);
        }
        default -> {}
      }
      parser.skipChildren();
    }
    if (sdp != null && "offer".equals(type)) {
      return Optional.of(new Content.Offer(sdp, Terms.NONE));
    }
    if (sdp != null && "answer".equals(type)) {
      return Optional.of(new Content.Answer(sdp, Terms.NONE));
    }
    if (candidate.isPresent()) {
      return candidate;
    }
    if (type != null && detail != null) {
      return Optional.of(new Content.Renegotiation(type, detail));
    }
    return Optional.ofNullable(type).map(name -> new Content.Custom(name, payload));
  }
}
