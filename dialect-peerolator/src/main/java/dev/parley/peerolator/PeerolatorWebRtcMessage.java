package dev.parley.peerolator;

import dev.parley.json.JsonNames;
import dev.parley.json.JsonScanner;
import dev.parley.json.JsonScanner.Kind;
import dev.parley.json.JsonSource;
import dev.parley.json.MalformedJsonException;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.OfferHints;
import dev.parley.signal.Sdp;
import dev.parley.webrtc.CandidateJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code message} of the types that negotiate WebRTC connections. Peerolator leaves their form
 * to applications; this is a convention that sessions of other dialects can read and write:
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
 * {@code streams} and {@code channels}, see {@link OfferHints}. Everything but the description and
 * the candidate can be missing.
 */
final class PeerolatorWebRtcMessage {

  private static final JsonNames NAMES =
      JsonNames.of(
          "conversation", "type", "sdp", "candidate", "label", "reliable", "serialization",
          "metadata", "streams", "channels", "detail");

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

  private PeerolatorWebRtcMessage() {}

  /** Reads {@code message}; of what is no object all is missing. */
  static PeerolatorWebRtcMessage read(JsonSource json, Bytes message)
      throws MalformedJsonException {
    JsonScanner scanner = json.scan(message);
    PeerolatorWebRtcMessage read = new PeerolatorWebRtcMessage();
    if (scanner.beginObject()) {
      // A candidate that is missing is the end of the candidates, as null is.
      read.candidate = Optional.of(new Content.EndOfCandidates());
      while (scanner.nextMember()) {
        read.take(scanner.name(NAMES), scanner);
      }
    }
    return read;
  }

  private void take(String name, JsonScanner scanner) throws MalformedJsonException {
    switch (name) {
      case "conversation" -> conversation = scanner.text();
      case "type" -> type = scanner.text();
      case "sdp" -> sdp = description(scanner);
      case "label" -> label = scanner.text();
      case "reliable" -> reliable = scanner.truth();
      case "serialization" -> serialization = scanner.text();
      case "metadata" -> metadata = value(scanner);
      case "streams" -> streams = value(scanner);
      case "channels" -> channels = value(scanner);
      case "detail" -> detail = value(scanner);
      case "candidate" -> candidate = CandidateJson.read(scanner);
      default -> {}
    }
  }

  private static @Nullable Sdp description(JsonScanner scanner) throws MalformedJsonException {
    return scanner.kind() == Kind.STRING ? Sdp.json(scanner.value()) : null;
  }

  private static @Nullable Bytes value(JsonScanner scanner) throws MalformedJsonException {
    return scanner.kind() == Kind.NULL ? null : scanner.value();
  }

  /** The sender's key of the conversation. */
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

  private OfferHints terms() {
    return new OfferHints(label, reliable, serialization, metadata, streams, channels);
  }

  /** The candidate, or the end of the candidates. */
  Optional<Content> candidate() {
    return candidate;
  }

  boolean isEnd() {
    return candidate.filter(Content.EndOfCandidates.class::isInstance).isPresent();
  }

  Optional<Content> renegotiation() {
    return Optional.of(
        new Content.Renegotiation(
            type == null ? "renegotiate" : type, detail == null ? Bytes.utf8("true") : detail));
  }
}
