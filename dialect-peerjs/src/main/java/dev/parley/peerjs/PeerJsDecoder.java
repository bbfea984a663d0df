package dev.parley.peerjs;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.json.JsonSource;
import dev.parley.peerjs.ClientMessage.RelayType;
import dev.parley.signal.Bytes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads client messages (PeerServer's protocol, section WebSocket API). Only {@code type} and
 * {@code dst} are looked at; where the payload begins and ends is noted, and it travels as it is.
 * Of a repeated field the last counts, as in JavaScript. Any thread.
 */
final class PeerJsDecoder {

  private static final ClientMessage HEARTBEAT = new ClientMessage.Heartbeat();
  private static final ClientMessage LEAVE = new ClientMessage.Leave();
  private static final ClientMessage IDLE = new ClientMessage.Idle();

  private final JsonSource json;

  PeerJsDecoder(JsonSource json) {
    this.json = json;
  }

  /** What {@code message} says; never throws. */
  ClientMessage decode(Bytes message) {
    try (JsonParser parser = json.open(message)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        JsonSource.expectEnd(parser);
        return new ClientMessage.Malformed("Invalid message: a JSON object is expected");
      }
      return decodeObject(parser, message);
    } catch (IOException notJson) {
      return new ClientMessage.Malformed("Invalid message: not JSON, or nested too deeply");
    }
  }

  private static ClientMessage decodeObject(JsonParser parser, Bytes message) throws IOException {
    String type = null;
    String dst = "";
    boolean dstIsText = true;
    Bytes payload = Bytes.EMPTY;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "type" -> type = value == JsonToken.VALUE_STRING ? parser.getText() : null;
        case "dst" -> {
          dstIsText = value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NULL;
          dst = value == JsonToken.VALUE_STRING ? parser.getText() : "";
        }
        case "payload" -> payload = JsonSource.value(parser, message);
        default -> {}
      }
      parser.skipChildren();
    }
    JsonSource.expectEnd(parser);
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
