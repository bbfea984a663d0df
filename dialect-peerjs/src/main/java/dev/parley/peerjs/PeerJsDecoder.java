package dev.parley.peerjs;

import dev.parley.json.JsonNames;
import dev.parley.json.JsonScanner;
import dev.parley.json.JsonScanner.Kind;
import dev.parley.json.JsonSource;
import dev.parley.json.MalformedJsonException;
import dev.parley.peerjs.ClientMessage.RelayType;
import dev.parley.signal.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads client messages (PeerServer's protocol, section WebSocket API). Only {@code type} and
 * {@code dst} are looked at; where the payload begins and ends is noted, and it travels as it is.
 * Of a repeated field the last counts, as in JavaScript. Any thread.
 */
final class PeerJsDecoder {

  private static final JsonNames NAMES = JsonNames.of("type", "dst", "payload");
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
        case "type" -> type = scanner.text();
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
    if (type.equals("HEARTBEAT")) {
      return HEARTBEAT;
    }
    RelayType relayed = relayType(type);
    if (relayed == null) {
      return IDLE;
    }
    if (dst.isEmpty()) {
      return relayed == RelayType.LEAVE ? LEAVE : IDLE;
    }
    return new ClientMessage.Relay(relayed, dst, payload);
  }

  private static @Nullable RelayType relayType(String type) {
    return switch (type) {
      case "OFFER" -> RelayType.OFFER;
      case "ANSWER" -> RelayType.ANSWER;
      case "CANDIDATE" -> RelayType.CANDIDATE;
      case "LEAVE" -> RelayType.LEAVE;
      case "EXPIRE" -> RelayType.EXPIRE;
      default -> null;
    };
  }
}
