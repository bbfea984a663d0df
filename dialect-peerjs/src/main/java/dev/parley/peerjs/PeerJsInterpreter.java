package dev.parley.peerjs;

import dev.parley.dialect.Interpreter;
import dev.parley.json.JsonNames;
import dev.parley.json.JsonScanner;
import dev.parley.json.JsonSource;
import dev.parley.json.MalformedJsonException;
import dev.parley.peerjs.PeerJsClientMessage.RelayType;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.OfferHints;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.webrtc.CandidateJson;
import dev.parley.webrtc.DescriptionJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Translates signals between PeerJS clients for sessions of other dialects. A conversation's key is
 * its {@code connectionId}. Any thread.
 */
final class PeerJsInterpreter implements Interpreter {

  private static final JsonNames NAMES =
      JsonNames.of(
          "sdp", "candidate", "connectionId", "label", "serialization", "reliable", "metadata");

  private final JsonSource json;

  PeerJsInterpreter(JsonSource json) {
    this.json = json;
  }

  @Override
  public Optional<ForeignSignal> read(Signal signal) {
    return switch (signal.kind()) {
      case OFFER, ANSWER, CANDIDATE, END_OF_CANDIDATES ->
          payload(signal.payload()).flatMap(read -> read.as(signal));
      case BYE -> Optional.of(new ForeignSignal(signal, null, new Content.Bye()));
      case CUSTOM -> Optional.empty();
    };
  }

  /**
   * The kind of a message. PeerJS has no type for the end of the candidates: clients that announce
   * it send a candidate that is {@code null}, empty or missing.
   */
  SignalKind kind(PeerJsClientMessage.Relay relay) {
    return relay.type() == RelayType.CANDIDATE && CandidateJson.mayBeEnd(relay.payload())
        && payload(relay.payload()).filter(Payload::isEnd).isPresent()
            ? SignalKind.END_OF_CANDIDATES
            : relay.type().kind();
  }

  /** The connectionId of a payload; empty if it has none. */
  Optional<String> connectionId(Bytes payload) {
    return payload(payload).flatMap(read -> Optional.ofNullable(read.connectionId));
  }

  private Optional<Payload> payload(Bytes bytes) {
    try {
      JsonScanner scanner = json.scan(bytes);
      if (!scanner.beginObject()) {
        return Optional.empty();
      }
      Payload payload = new Payload();
      payload.read(scanner);
      return Optional.of(payload);
    } catch (MalformedJsonException notJson) {
      return Optional.empty();
    }
  }

  /** The members of a payload that were found. */
  private static final class Payload {

    private Optional<Sdp> sdp = Optional.empty();
    private Optional<Content> candidate = Optional.of(new Content.EndOfCandidates());
    private @Nullable String connectionId;
    private @Nullable String label;
    private @Nullable String serialization;
    private @Nullable Boolean reliable;
    private @Nullable Bytes metadata;

    private void read(JsonScanner scanner) throws MalformedJsonException {
      while (scanner.nextMember()) {
        switch (scanner.name(NAMES)) {
          case "sdp" -> sdp = DescriptionJson.read(scanner);
          case "candidate" -> candidate = CandidateJson.read(scanner);
          case "connectionId" -> connectionId = scanner.text();
          case "label" -> label = scanner.text();
          case "serialization" -> serialization = scanner.text();
          case "reliable" -> reliable = scanner.truth();
          case "metadata" -> metadata = scanner.value();
          default -> {}
        }
      }
    }

    private boolean isEnd() {
      return candidate.filter(Content.EndOfCandidates.class::isInstance).isPresent();
    }

    private Optional<ForeignSignal> as(Signal signal) {
      return content(signal).map(content -> new ForeignSignal(signal, connectionId, content));
    }

    private Optional<Content> content(Signal signal) {
      return switch (signal.kind()) {
        case OFFER ->
            sdp.map(
                text -> new Content.Offer(
                    text, new OfferHints(label, reliable, serialization, metadata, null, null)));
        case ANSWER -> sdp.map(text -> new Content.Answer(text, OfferHints.NONE));
        case CANDIDATE, END_OF_CANDIDATES -> candidate;
        case BYE, CUSTOM -> Optional.empty();
      };
    }
  }
}
