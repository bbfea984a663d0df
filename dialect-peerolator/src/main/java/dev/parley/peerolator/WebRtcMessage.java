package dev.parley.peerolator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.json.JsonSource;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.Sdp;
import dev.parley.signal.Terms;
import dev.parley.webrtc.CandidateJson;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code message} of the types by which peers make WebRTC connections. Peerolator leaves them
 * to applications; ours is a convention that sessions of other dialects can read and write:
 *
 * <pre>
 * OFFER        {"type":"offer","sdp":…,"conversation":…,"media":"data"|"media","label":…}
 * ANSWER       {"type":"answer","sdp":…,"conversation":…}
 * CANDIDATE    {"candidate":{"candidate":…,"sdpMid":…,…}|null,"conversation":…}
 * BYE          {"conversation":…}
 * RENEGOTIATE  {"type":"renegotiate"|"transceiverRequest","detail":…,"conversation":…}
 * </pre>
 *
 * <p>An offer or answer may also have {@code reliable}, {@code serialization}, {@code metadata},
 * {@code streams} and {@code channels}, see {@link Terms}. Everything but the description and the
 * candidate can be missing.
 */
final class WebRtcMessage {

  private final JsonParser parser;
  private final Bytes message;

  private @Nullable String conversation;
  private @Nullable String type;
  private @Nullable Sdp sdp;
  private @Nullable String label;
  private @Nullable Boolean reliable;
  private @Nullable String serialization;
  private @Nullable Bytes metadata;
  private @Nullable Bytes streams;
  private @Nullable Bytes channels;
  private @Nullable Bytes detail;
  private Optional<Content> candidate = Optional.empty();

  private WebRtcMessage(JsonParser parser, Bytes message) {
    this.parser = parser;
    this.message = message;
  }

  /** Reads {@code message}; what is no object says nothing. */
  static WebRtcMessage read(JsonSource json, Bytes message) throws IOException {
    try (JsonParser parser = json.open(message)) {
      WebRtcMessage read = new WebRtcMessage(parser, message);
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String field = parser.currentName();
          parser.nextToken();
          read.take(field);
          parser.skipChildren();
        }
      }
      return read;
    }
  }

  private void take(String field) throws IOException {
    switch (field) {
      case "conversation" -> conversation = text();
      case "type" -> type = text();
      case "sdp" -> sdp = description();
      case "label" -> label = text();
      case "reliable" -> reliable = truth();
      case "serialization" -> serialization = text();
      case "metadata" -> metadata = value();
      case "streams" -> streams = value();
      case "channels" -> channels = value();
      case "detail" -> detail = value();
      case "candidate" -> candidate = CandidateJson.read(parser);
      default -> {}
    }
  }

  private @Nullable String text() throws IOException {
    return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
  }

  private @Nullable Sdp description() {
    return parser.currentToken() == JsonToken.VALUE_STRING
        ? Sdp.json(JsonSource.string(parser, message))
        : null;
  }

  private @Nullable Boolean truth() {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private @Nullable Bytes value() throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL ? null : JsonSource.value(parser, message);
  }

  /** The key by which the sender knows the conversation. */
  @Nullable
  String conversation() {
    return conversation;
  }

  Optional<Content> offer() {
    return Optional.ofNullable(sdp).map(text -> new Content.Offer(text, terms()));
  }

  Optional<Content> answer() {
    return Optional.ofNullable(sdp).map(text -> new Content.Answer(text, terms()));
  }

  private Terms terms() {
    return new Terms(label, reliable, serialization, metadata, streams, channels);
  }

  /** The candidate, or the end of the candidates. */
  Optional<Content> candidate() {
    return candidate;
  }

  Optional<Content> renegotiation() {
    return Optional.of(
        new Content.Renegotiation(
            type == null ? "renegotiate" : type, detail == null ? Bytes.utf8("true") : detail));
  }
}
