package dev.parley.linkup;

import dev.parley.dialect.Interpreter;
import dev.parley.json.JsonNames;
import dev.parley.json.JsonScanner;
import dev.parley.json.JsonScanner.Kind;
import dev.parley.json.JsonSource;
import dev.parley.json.MalformedJsonException;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.OfferHints;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.webrtc.CandidateJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads signals of simple-peer, the {@code signal} of linkup's messages: an object or, from older
 * clients, that object's text. The fields determine the kind, since simple-peer 6 does not name the
 * type of a candidate. Any thread.
 */
final class LinkupInterpreter implements Interpreter {

  private static final JsonNames NAMES =
      JsonNames.of("type", "sdp", "candidate", "renegotiate", "transceiverRequest");

  private static final String CANDIDATE = "candidate";

  private static final JsonNames TYPES = JsonNames.of("offer", "answer", CANDIDATE);

  private final JsonSource json;

  LinkupInterpreter(JsonSource json) {
    this.json = json;
  }

  /**
   * Reads a signal and returns its kind. Whether a candidate is the last, empty one is determined
   * by {@link #kind(SignalKind, Bytes)}.
   */
  SignalKind kind(JsonScanner scanner) throws MalformedJsonException {
    if (scanner.beginObject()) {
      return kindOfObject(scanner);
    }
    String text = scanner.text();
    if (text != null) {
      return kindOfText(text);
    }
    var unused = scanner.value();
    return SignalKind.CUSTOM;
  }

  private static SignalKind kindOfObject(JsonScanner scanner) throws MalformedJsonException {
    @Nullable SignalKind named = null;
    @Nullable SignalKind kind = null;
    boolean hasSdp = false;
    while (scanner.nextMember()) {
      switch (scanner.name(NAMES)) {
        case "type" -> named = named(scanner.word(TYPES));
        case "sdp" -> hasSdp = scanner.kind() == Kind.STRING;
        case CANDIDATE ->
            kind =
                scanner.kind() == Kind.NULL
                    ? SignalKind.END_OF_CANDIDATES
                    : SignalKind.CANDIDATE;
        default -> {}
      }
    }
    boolean describes = named == SignalKind.OFFER || named == SignalKind.ANSWER;
    if (named != null && (describes ? hasSdp : kind == null)) {
      return named;
    }
    return kind == null ? SignalKind.CUSTOM : kind;
  }

  /** The kind that a type names; the type of a candidate without one is the end of candidates. */
  private static @Nullable SignalKind named(@Nullable String type) {
    return switch (type) {
      case "offer" -> SignalKind.OFFER;
      case "answer" -> SignalKind.ANSWER;
      case CANDIDATE -> SignalKind.END_OF_CANDIDATES;
      case null, default -> null;
    };
  }

  /**
   * The kind of a signal that has been read: Firefox ends the candidates with an empty one, which
   * simple-peer sends like the others.
   */
  SignalKind kind(SignalKind read, Bytes signal) {
    return read == SignalKind.CANDIDATE && CandidateJson.mayBeEnd(signal) && isEnd(signal)
        ? SignalKind.END_OF_CANDIDATES
        : read;
  }

  private boolean isEnd(Bytes signal) {
    try {
      return content(signal).filter(Content.EndOfCandidates.class::isInstance).isPresent();
    } catch (MalformedJsonException notJson) {
      return false;
    }
  }

  private SignalKind kindOfText(String text) {
    try {
      JsonScanner scanner = json.scan(Bytes.utf8(text));
      return scanner.beginObject() ? kindOfObject(scanner) : SignalKind.CUSTOM;
    } catch (MalformedJsonException notJson) {
      return SignalKind.CUSTOM;
    }
  }

  @Override
  public Optional<ForeignSignal> read(Signal signal) {
    try {
      return content(signal.payload())
          .map(content -> new ForeignSignal(signal, signal.conversation(), content));
    } catch (MalformedJsonException notJson) {
      return Optional.empty();
    }
  }

  private Optional<Content> content(Bytes payload) throws MalformedJsonException {
    JsonScanner scanner = json.scan(payload);
    if (scanner.beginObject()) {
      return object(scanner, payload);
    }
    String text = scanner.text();
    return text == null ? Optional.empty() : unpacked(Bytes.utf8(text));
  }

  private Optional<Content> unpacked(Bytes text) throws MalformedJsonException {
    JsonScanner scanner = json.scan(text);
    return scanner.beginObject() ? object(scanner, text) : Optional.empty();
  }

  private static Optional<Content> object(JsonScanner scanner, Bytes payload)
      throws MalformedJsonException {
    @Nullable String type = null;
    @Nullable Sdp sdp = null;
    @Nullable Bytes detail = null;
    boolean hasCandidate = false;
    Optional<Content> candidate = Optional.empty();
    while (scanner.nextMember()) {
      String name = scanner.name(NAMES);
      switch (name) {
        case "type" -> type = scanner.text();
        case "sdp" -> sdp = scanner.kind() == Kind.STRING ? Sdp.json(scanner.value()) : null;
        case CANDIDATE -> {
          hasCandidate = true;
          candidate = CandidateJson.read(scanner);
        }
        case "renegotiate", "transceiverRequest" -> {
          type = name;
          detail = scanner.value();
        }
        default -> {}
      }
    }
    if (sdp != null && "offer".equals(type)) {
      return Optional.of(new Content.Offer(sdp, OfferHints.NONE));
    }
    if (sdp != null && "answer".equals(type)) {
      return Optional.of(new Content.Answer(sdp, OfferHints.NONE));
    }
    if (candidate.isPresent()) {
      return candidate;
    }
    if (CANDIDATE.equals(type) && !hasCandidate) {
      return Optional.of(new Content.EndOfCandidates());
    }
    if (type != null && detail != null) {
      return Optional.of(new Content.Renegotiation(type, detail));
    }
    return Optional.ofNullable(type).map(name -> new Content.Custom(name, payload));
  }
}
