package dev.parley.peerjs;

import dev.parley.json.JsonNames;
import dev.parley.json.JsonScanner;
import dev.parley.json.JsonScanner.Kind;
import dev.parley.json.JsonSource;
import dev.parley.json.MalformedJsonException;
import dev.parley.peerjs.ClientMessage.RelayType;
import dev.parley.signal.Bytes;

/**
 * Reads client messages (PeerServer's protocol, section WebSocket API). Only {@code type} and
 * {@code dst} are looked at; where the payload begins and ends is noted, and it travels as it is.
 * Of a repeated field the last counts, as in JavaScript. Any thread.
 */
final class PeerJsDecoder {

  private static final JsonNames NAMES = JsonNames.of("type", "dst", "payload");
  private static final JsonNames TYPES =
      JsonNames.of("OFFER", "ANSWER", "CANDIDATE", "LEAVE", "EXPIRE", "HEARTBEAT");
  private static final ClientMessage HEARTBEAT = new ClientMessage.Heartbeat();
  private static final ClientMessage LEAVE = new ClientMessage.Leave();
  private static final ClientMessage IDLE = new ClientMessage.Idle();

  private final JsonSource json;

  PeerJsDecoder(JsonSource json) {
    this.json = json;
  }

  /** What {@code message} says; never throws. */
  ClientMessage decode(Bytes message) {
    try {
      JsonScanner scanner = json.scan(message);
      if (scanner.beginObject()) {
        return decodeObject(scanner);
      }
      scanner.expectEnd();
      return new ClientMessage.Malformed("Invalid message: a JSON object is expected");
    } catch (MalformedJsonException notJson) {
      return new ClientMessage.Malformed("Invalid message: not JSON, or nested too deeply");
    }
  }

  private static ClientMessage decodeObject(JsonScanner scanner) throws MalformedJsonException {
    String type = null;
    String dst = "";
    boolean dstIsText = true;
    Bytes payload = Bytes.EMPTY;
    while (scanner.nextMember()) {
      switch (scanner.name(NAMES)) {
        case "type" -> type = scanner.word(TYPES);
        case "dst" -> {
          String text = scanner.text();
          dstIsText = text != null || scanner.kind() == Kind.NULL;
          dst = text == null ? "" : text;
        }
        case "payload" -> payload = scanner.value();
        default -> {}
      }
    }
    scanner.expectEnd();
    if (type == null) {
      return new ClientMessage.Malformed("Invalid message: no type");
    }
    if (!dstIsText) {
      return new ClientMessage.Malformed("Invalid message: dst must be a string");
    }
    return meaning(type, dst, payload);
  }

  private static ClientMessage meaning(String type, String dst, Bytes payload) {
    return switch (type) {
      case "OFFER" -> relay(RelayType.OFFER, dst, payload);
      case "ANSWER" -> relay(RelayType.ANSWER, dst, payload);
      case "CANDIDATE" -> relay(RelayType.CANDIDATE, dst, payload);
      case "EXPIRE" -> relay(RelayType.EXPIRE, dst, payload);
      case "LEAVE" -> dst.isEmpty() ? LEAVE : relay(RelayType.LEAVE, dst, payload);
      case "HEARTBEAT" -> HEARTBEAT;
      default -> IDLE;
    };
  }

  private static ClientMessage relay(RelayType type, String dst, Bytes payload) {
    return dst.isEmpty() ? IDLE : new ClientMessage.Relay(type, dst, payload);
  }
}
