package dev.parley.calling;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.dialect.Interpreter;
import dev.parley.json.JsonNames;
import dev.parley.json.JsonScanner;
import dev.parley.json.JsonScanner.Kind;
import dev.parley.json.JsonSource;
import dev.parley.json.MalformedJsonException;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Media;
import dev.parley.signal.OfferHints;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.webrtc.CandidateJson;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Translates signals of users for sessions of other dialects: what rtc-lib's peers send each other
 * with {@code room_peer_to}. A description is the event {@code signaling}, a candidate {@code
 * ice_candidate}, with {@code null} for the last one. All other events are of the application. A
 * conversation's key travels beside the payload, see {@link CallingOutgoingSignals}. Any thread.
 */
final class CallingInterpreter implements Interpreter {

  private static final JsonNames NAMES = JsonNames.of("type", "sdp", "streams", "channels");

  static final String DESCRIPTION = "signaling";
  static final String CANDIDATE = "ice_candidate";

  private static final String NO_STREAM_ID = "msid:- ";
  private static final String STREAM_ID = "msid:parley ";

  private final JsonSource json;

  CallingInterpreter(JsonSource json) {
    this.json = json;
  }

  @Override
  public Optional<ForeignSignal> read(Signal signal) {
    Content content = switch (signal.kind()) {
      case BYE -> new Content.Bye();
      case OFFER, ANSWER, CANDIDATE, END_OF_CANDIDATES, CUSTOM -> withStreamIds(
          content(signal.name(), signal.payload()));
    };
    return Optional.of(new ForeignSignal(signal, signal.conversation(), content));
  }

  /** The content of an event. */
  Content content(String event, Bytes data) {
    try {
      @Nullable Content content = switch (event) {
        case DESCRIPTION -> description(data);
        case CANDIDATE -> candidate(data);
        default -> null;
      };
      return content == null ? new Content.Custom(event, data) : content;
    } catch (MalformedJsonException | IOException tooDeep) {
      return new Content.Custom(event, data);
    }
  }

  /** Whether an event has a meaning to peers of all dialects. */
  static boolean isReserved(String event) {
    return event.equals(DESCRIPTION) || event.equals(CANDIDATE);
  }

  /** The kind of the signal of a content. */
  static SignalKind kind(Content content) {
    return switch (content) {
      case Content.Offer offer -> SignalKind.OFFER;
      case Content.Answer answer -> SignalKind.ANSWER;
      case Content.Candidate candidate -> SignalKind.CANDIDATE;
      case Content.EndOfCandidates end -> SignalKind.END_OF_CANDIDATES;
      case Content.Bye bye -> SignalKind.BYE;
      case Content.Renegotiation request -> SignalKind.CUSTOM;
      case Content.Custom custom -> SignalKind.CUSTOM;
    };
  }

  private @Nullable Content candidate(Bytes data) throws MalformedJsonException {
    return CandidateJson.read(json.scan(data)).orElse(null);
  }

  private @Nullable Content description(Bytes data) throws MalformedJsonException, IOException {
    JsonScanner scanner = json.scan(data);
    if (!scanner.beginObject()) {
      return null;
    }
    @Nullable String type = null;
    @Nullable Sdp sdp = null;
    @Nullable Bytes streams = null;
    @Nullable Bytes channels = null;
    while (scanner.nextMember()) {
      switch (scanner.name(NAMES)) {
        case "type" -> type = scanner.text();
        case "sdp" -> sdp = scanner.kind() == Kind.STRING ? Sdp.json(scanner.value()) : null;
        case "streams" -> streams = object(scanner);
        case "channels" -> channels = object(scanner);
        default -> {}
      }
    }
    if (type == null || sdp == null) {
      return null;
    }
    return switch (type) {
      case "offer" -> new Content.Offer(sdp, offered(streams, channels));
      case "answer" -> new Content.Answer(
          sdp, new OfferHints(null, null, null, null, streams, channels));
      default -> null;
    };
  }

  private static @Nullable Bytes object(JsonScanner scanner) throws MalformedJsonException {
    return scanner.kind() == Kind.OBJECT ? scanner.value() : null;
  }

  /** Other dialects have one data channel and one label: that of the first channel. */
  private OfferHints offered(@Nullable Bytes streams, @Nullable Bytes channels) throws IOException {
    @Nullable String label = null;
    @Nullable Boolean reliable = null;
    if (channels != null) {
      try (JsonParser parser = json.open(channels)) {
        parser.nextToken();
        if (parser.nextToken() == JsonToken.FIELD_NAME) {
          label = parser.currentName();
          parser.nextToken();
          reliable = isOrdered(parser);
        }
      }
    }
    return new OfferHints(label, reliable, null, null, streams, channels);
  }

  private static boolean isOrdered(JsonParser parser) throws IOException {
    boolean ordered = true;
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_FALSE && field.equals("ordered")) {
          ordered = false;
        }
        parser.skipChildren();
      }
    }
    return ordered;
  }

  private static Content withStreamIds(Content content) {
    return switch (content) {
      case Content.Offer(Sdp sdp, OfferHints terms) -> new Content.Offer(withStreamIds(sdp), terms);
      case Content.Answer(Sdp sdp, OfferHints terms) ->
          new Content.Answer(withStreamIds(sdp), terms);
      default -> content;
    };
  }

  /**
   * rtc-lib names its streams beside the description and leaves them without an id in it ({@code
   * a=msid:-}). Other libraries identify streams by that id alone, and get no track without one.
   */
  static Sdp withStreamIds(Sdp sdp) {
    if (sdp.media() == Media.DATA) {
      return sdp;
    }
    String text = sdp.text();
    return text.contains(NO_STREAM_ID) ? Sdp.of(text.replace(NO_STREAM_ID, STREAM_ID)) : sdp;
  }
}
