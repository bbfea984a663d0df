package dev.parley.peerolator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.json.JsonSource;
import dev.parley.peerolator.schema.MessageSchemas;
import dev.parley.signal.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what peers say: {@code {"from","to","type","message"}}, of which {@code from} may be
 * missing. Where the message begins and ends is noted, and it travels as it is. Of a repeated field
 * the last counts; unknown ones are skipped. Any thread.
 */
final class PeerolatorDecoder {

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
    try (JsonParser parser = json.open(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new PeerMessage.Malformed("a JSON object is expected");
      }
      PeerMessage decoded = decodeObject(parser, text);
      return decoded instanceof PeerMessage.Relay relay
          && !schemas.allow(relay.type(), relay.message())
              ? new PeerMessage.Malformed("message must be as the schema of its type says")
              : decoded;
    } catch (IOException notJson) {
      return new PeerMessage.Malformed("not JSON, or nested too deeply");
    }
  }

  /**
   * The conversation that a message speaks of, see {@link WebRtcMessage}; null if it speaks of
   * none.
   *
   * @param message what {@link #decode} has found
   */
  @Nullable
  String conversation(Bytes message) {
    try (JsonParser parser = json.open(message)) {
      @Nullable String conversation = null;
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          boolean sought = parser.currentName().equals("conversation");
          boolean isText = parser.nextToken() == JsonToken.VALUE_STRING;
          if (sought) {
            conversation = isText ? parser.getText() : null;
          }
          parser.skipChildren();
        }
      }
      return conversation;
    } catch (IOException impossible) {
      throw new UncheckedIOException("this was JSON when it was decoded", impossible);
    }
  }

  private static PeerMessage decodeObject(JsonParser parser, Bytes text) throws IOException {
    @Nullable String from = null;
    @Nullable String to = null;
    @Nullable String type = null;
    Bytes message = Bytes.EMPTY;
    boolean fromIsText = true;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      boolean isText = value == JsonToken.VALUE_STRING;
      switch (field) {
        case "from" -> {
          fromIsText = isText || value == JsonToken.VALUE_NULL;
          from = isText ? parser.getText() : null;
        }
        case "to" -> to = isText ? parser.getText() : null;
        case "type" -> type = isText ? parser.getText() : null;
        case "message" -> message = JsonSource.value(parser, text);
        default -> {}
      }
      parser.skipChildren();
    }
    JsonSource.expectEnd(parser);
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
    return new PeerMessage.Relay(from, to, type, message);
  }
}
