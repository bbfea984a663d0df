package dev.parley.peerolator;

import dev.parley.json.JsonNames;
import dev.parley.json.JsonScanner;
import dev.parley.json.JsonScanner.Kind;
import dev.parley.json.JsonSource;
import dev.parley.json.MalformedJsonException;
import dev.parley.peerolator.schema.PeerolatorMessageSchemas;
import dev.parley.signal.Bytes;
import dev.parley.signal.SignalKind;
import dev.parley.webrtc.CandidateJson;
import org.jspecify.annotations.Nullable;

/**
 * Decodes messages of peers: {@code {"from","to","type","message"}}, of which {@code from} is
 * optional. The {@code message} is relayed as it is. The last of repeated fields counts; unknown
 * ones are skipped. Any thread.
 */
final class PeerolatorDecoder {

  private static final JsonNames NAMES = JsonNames.of("from", "to", "type", "message");
  private static final JsonNames OF_MESSAGE = JsonNames.of("conversation");

  private final JsonSource json;
  private final PeerolatorMessageSchemas schemas;

  /**
   * @param jsonDepth how deeply a message may be nested
   * @param schemas the schemas of messages
   */
  PeerolatorDecoder(int jsonDepth, PeerolatorMessageSchemas schemas) {
    this.json = new JsonSource(jsonDepth);
    this.schemas = schemas;
  }

  /** Decodes a message; never throws. */
  PeerolatorPeerMessage decode(Bytes text) {
    try {
      JsonScanner scanner = json.scan(text);
      if (!scanner.beginObject()) {
        scanner.expectEnd();
        return new PeerolatorPeerMessage.Malformed(PeerolatorErrors.NO_OBJECT);
      }
      PeerolatorPeerMessage decoded = decodeObject(scanner);
      return decoded instanceof PeerolatorPeerMessage.Relay relay
          && !schemas.allow(relay.type(), relay.message())
              ? new PeerolatorPeerMessage.Malformed(PeerolatorErrors.AGAINST_SCHEMA)
              : decoded;
    } catch (MalformedJsonException notJson) {
      return new PeerolatorPeerMessage.Malformed(PeerolatorErrors.NOT_JSON);
    }
  }

  private PeerolatorPeerMessage decodeObject(JsonScanner scanner) throws MalformedJsonException {
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
      return new PeerolatorPeerMessage.Malformed(PeerolatorErrors.NO_TO);
    }
    if (type == null) {
      return new PeerolatorPeerMessage.Malformed(PeerolatorErrors.NO_TYPE);
    }
    if (message.length() == 0) {
      return new PeerolatorPeerMessage.Malformed(PeerolatorErrors.NO_MESSAGE);
    }
    if (!fromIsText) {
      return new PeerolatorPeerMessage.Malformed(PeerolatorErrors.FROM_NO_TEXT);
    }
    if (PeerolatorJoin.isReserved(type)) {
      return new PeerolatorPeerMessage.Malformed(PeerolatorErrors.RESERVED_TYPE);
    }
    return new PeerolatorPeerMessage.Relay(from, to, type, kind(type, message), message,
        conversation);
  }

  /** The kind of a message; the end of the candidates has no type of its own. */
  private SignalKind kind(String type, Bytes message) throws MalformedJsonException {
    SignalKind kind = PeerolatorMessageType.of(type).kind();
    return kind == SignalKind.CANDIDATE && CandidateJson.mayBeEnd(message)
        && PeerolatorWebRtcMessage.read(json, message).isEnd() ? SignalKind.END_OF_CANDIDATES
            : kind;
  }

  /** Reads a message; returns its conversation, see {@link PeerolatorWebRtcMessage}. */
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
