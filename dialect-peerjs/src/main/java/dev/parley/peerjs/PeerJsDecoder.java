package dev.parley.peerjs;

import dev.parley.json.JsonNames;
import dev.parley.json.JsonScanner;
import dev.parley.json.JsonSource;
import dev.parley.json.MalformedJsonException;
import dev.parley.peerjs.PeerJsClientMessage.RelayType;
import dev.parley.signal.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Decodes client messages (PeerServer's protocol, section WebSocket API). Reads {@code type} and
 * {@code dst} only; the payload is relayed as it is. The last of repeated fields counts, as in
 * JavaScript. Any thread.
 */
final class PeerJsDecoder {

  private static final JsonNames NAMES = JsonNames.of("type", "dst", "payload");
  private static final JsonNames TYPES =
      JsonNames.of("OFFER", "ANSWER", "CANDIDATE", "LEAVE", "EXPIRE", "HEARTBEAT");
  private static final PeerJsClientMessage HEARTBEAT = new PeerJsClientMessage.Heartbeat();
  private static final PeerJsClientMessage LEAVE = new PeerJsClientMessage.Leave();

  private final JsonSource json;

  PeerJsDecoder(JsonSource json) {
    this.json = json;
  }

  /** Decodes a message; never throws. */
  PeerJsClientMessage decode(Bytes message) {
    try {
      JsonScanner scanner = json.scan(message);
      if (scanner.beginObject()) {
        return decodeObject(scanner);
      }
      scanner.expectEnd();
      return new PeerJsClientMessage.Ignored(PeerJsIgnoredCause.NO_OBJECT);
    } catch (MalformedJsonException notJson) {
      return new PeerJsClientMessage.Ignored(PeerJsIgnoredCause.NOT_JSON);
    }
  }

  private static PeerJsClientMessage decodeObject(JsonScanner scanner)
      throws MalformedJsonException {
    String type = null;
    String dst = "";
    Bytes payload = Bytes.EMPTY;
    while (scanner.nextMember()) {
      switch (scanner.name(NAMES)) {
        case "type" -> type = scanner.word(TYPES);
        case "dst" -> dst = recipient(scanner);
        case "payload" -> payload = scanner.value();
        default -> {}
      }
    }
    scanner.expectEnd();
    return type == null ? new PeerJsClientMessage.Ignored(PeerJsIgnoredCause.NO_TYPE)
        : meaning(type, dst, payload);
  }

  /** Empty if there is none; null if it cannot be read. */
  private static @Nullable String recipient(JsonScanner scanner) throws MalformedJsonException {
    String text = scanner.text();
    if (text != null) {
      return text;
    }
    return switch (scanner.kind()) {
      case NULL -> "";
      case NUMBER -> PeerJsNumberText.of(scanner.value().text());
      case OBJECT, ARRAY, STRING, TRUE, FALSE -> null;
    };
  }

  private static PeerJsClientMessage meaning(String type, @Nullable String dst, Bytes payload) {
    return switch (type) {
      case "OFFER" -> relay(RelayType.OFFER, dst, payload);
      case "ANSWER" -> relay(RelayType.ANSWER, dst, payload);
      case "CANDIDATE" -> relay(RelayType.CANDIDATE, dst, payload);
      case "EXPIRE" -> relay(RelayType.EXPIRE, dst, payload);
      case "LEAVE" ->
          dst != null && dst.isEmpty() ? LEAVE : relay(RelayType.LEAVE, dst, payload);
      case "HEARTBEAT" -> HEARTBEAT;
      default -> new PeerJsClientMessage.Ignored(PeerJsIgnoredCause.UNKNOWN_TYPE);
    };
  }

  private static PeerJsClientMessage relay(RelayType type, @Nullable String dst, Bytes payload) {
    if (dst == null) {
      return new PeerJsClientMessage.Ignored(PeerJsIgnoredCause.UNREADABLE_RECIPIENT);
    }
    return dst.isEmpty() ? new PeerJsClientMessage.Ignored(PeerJsIgnoredCause.NO_RECIPIENT)
        : new PeerJsClientMessage.Relay(type, dst, payload);
  }
}
