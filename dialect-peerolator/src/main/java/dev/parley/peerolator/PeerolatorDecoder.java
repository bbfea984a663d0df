package dev.parley.peerolator;

import dev.parley.json.JsonNames;
import dev.parley.json.JsonScanner;
import dev.parley.json.JsonScanner.Kind;
import dev.parley.json.JsonSource;
import dev.parley.json.MalformedJsonException;
import dev.parley.peerolator.schema.MessageSchemas;
import dev.parley.signal.Bytes;
import dev.parley.signal.SignalKind;
import dev.parley.webrtc.CandidateJson;
import org.jspecify.annotations.Nullable;

/**
 * Reads what peers say: {@code {"from","to","type","message"}}, of which {@code from} may be
 * missing. Where the message begins and ends is noted, and it travels as it is. Of a repeated field
 * the last counts; unknown ones are skipped. Any thread.
 */
final class PeerolatorDecoder {

  private static final JsonNames NAMES = JsonNames.of("from", "to", "type", "message");
  private static final JsonNames OF_MESSAGE = JsonNames.of("conversation");

  private final JsonSource json;
  private final MessageSchemas schemas;

  /**
   * @param jsonDepth how deeply a message may be nested
   * @param schemas what messages have to look like
   */
  PeerolatorDecoder(int jsonDepth, MessageSchemas schemas) {
    this.json = new JsonSource(jsonDepth);
    this.schemas = schemas;
  }

  /** What {@code text} says; never throws. */
  PeerMessage decode(Bytes text) {
    try {
      JsonScanner scanner = json.scan(text);
      if (!scanner.beginObject()) {
        scanner.expectEnd();
        return new PeerMessage.Malformed("a JSON object is expected");
      }
      PeerMessage decoded = decodeObject(scanner);
      return decoded instanceof PeerMessage.Relay relay
          && !schemas.allow(relay.type(), relay.message())
              ? new PeerMessage.Malformed("message must be as the schema of its type says")
              : decoded;
    } catch (MalformedJsonException notJson) {
      return new PeerMessage.Malformed("not JSON, or nested too deeply");
    }
  }

  private PeerMessage decodeObject(JsonScanner scanner) throws MalformedJsonException {
    @Nullable String from = null;
    @Nullable String to = null;
    @Nullable String type = null;
    @Nullable String conversation = null;
    Bytes message = Bytes.EMPTY;
    boolean fromIsText = true;
    while (scanner.nextMember()) {
      switch (scanner.name(NAMES)) {
        case "from" -> {
          from = scanner.text();
          fromIsText = from != null || scanner.kind() == Kind.NULL;
        }
        case "to" -> to = scanner.text();
        case "type" -> type = scanner.text();
        case "message" -> {
          int begin = scanner.position();
          conversation = conversation(scanner);
          message = scanner.since(begin);
        }
        default -> {}
      }
    }
    scanner.expectEnd();
    if (to == null) {
      return new PeerMessage.Malformed("to must be there, a string");
    }
    if (type == null) {
      return new PeerMessage.Malformed("type must be there, a string");
    }
    if (message.length() == 0) {
      return new PeerMessage.Malformed("message must be there, any JSON value");
    }
    if (!fromIsText) {
      return new PeerMessage.Malformed("from must be a string, if it is there");
    }
    if (Joining.isReserved(type)) {
      return new PeerMessage.Malformed("types that begin with " + Joining.RESERVED
          + " are not for peers");
    }
    return new PeerMessage.Relay(from, to, type, kind(type, message), message, conversation);
  }

  /** What a message means; the end of the candidates has no type of its own. */
  private SignalKind kind(String type, Bytes message) throws MalformedJsonException {
    SignalKind kind = MessageType.of(type).kind();
    return kind == SignalKind.CANDIDATE && CandidateJson.mayBeEnd(message)
        && WebRtcMessage.read(json, message).isEnd() ? SignalKind.END_OF_CANDIDATES : kind;
  }

  /** Reads a message, and says which conversation it speaks of, see {@link WebRtcMessage}. */
  private static @Nullable String conversation(JsonScanner scanner) throws MalformedJsonException {
    @Nullable String conversation = null;
    if (scanner.beginObject()) {
      while (scanner.nextMember()) {
        if (scanner.name(OF_MESSAGE).equals("conversation")) {
          conversation = scanner.text();
        }
      }
    } else {
      var unused = scanner.value();
    }
    return conversation;
  }
}
