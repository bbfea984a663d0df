package dev.parley.linkup.legacy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.json.JsonSource;
import dev.parley.signal.Bytes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes messages of the channel: {@code {"type":…,"data":{…}}}. The last of repeated fields
 * counts, as in JavaScript. Any thread.
 */
final class LinkupLegacyChannelDecoder {

  private static final LinkupLegacyChannelMessage OTHER = new LinkupLegacyChannelMessage.Other();

  private final JsonSource json;

  /**
   * @param jsonDepth how deeply a message may be nested
   */
  LinkupLegacyChannelDecoder(int jsonDepth) {
    this.json = new JsonSource(jsonDepth);
  }

  /** The text of a scalar, null for anything else, and the bytes of the value. */
  private record Field(@Nullable String text, Bytes json) {}

  /** Decodes a message; never throws. */
  LinkupLegacyChannelMessage decode(Bytes message) {
    try {
      Map<String, Field> fields = fields(message);
      Field type = fields.get("type");
      Field data = fields.get("data");
      return type == null || type.text == null || data == null
          ? OTHER
          : meaning(type.text, fields(data.json));
    } catch (IOException notJson) {
      return OTHER;
    }
  }

  /** Whether these bytes are one JSON value and nothing else. */
  boolean isValue(Bytes bytes) {
    try (JsonParser parser = json.open(bytes)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      JsonSource.expectEnd(parser);
      return true;
    } catch (IOException notJson) {
      return false;
    }
  }

  /** The fields of an object; none if it is something else. */
  private Map<String, Field> fields(Bytes object) throws IOException {
    try (JsonParser parser = json.open(object)) {
      Map<String, Field> fields = new HashMap<>();
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return fields;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        String text = hasText(token) ? parser.getText() : null;
        fields.put(name, new Field(text, JsonSource.value(parser, object)));
      }
      JsonSource.expectEnd(parser);
      return fields;
    }
  }

  private static boolean hasText(JsonToken token) {
    return token == JsonToken.VALUE_STRING || token.isNumeric() || token.isBoolean();
  }

  private static LinkupLegacyChannelMessage meaning(String type, Map<String, Field> data) {
    return switch (type) {
      case "find" -> find(data.get("id"));
      case "found" -> found(data.get("id"), data.get("found"));
      case "signal" -> signal(data.get("from"), data.get("to"), data.get("signal"));
      default -> OTHER;
    };
  }

  private static LinkupLegacyChannelMessage find(@Nullable Field id) {
    return id == null || id.text == null ? OTHER
        : new LinkupLegacyChannelMessage.Find(id.text, id.json);
  }

  private static LinkupLegacyChannelMessage found(@Nullable Field id, @Nullable Field found) {
    if (id == null || id.text == null) {
      return OTHER;
    }
    if (found == null) {
      return new LinkupLegacyChannelMessage.Found(id.text, true);
    }
    return switch (found.json.text()) {
      case "true" -> new LinkupLegacyChannelMessage.Found(id.text, true);
      case "false" -> new LinkupLegacyChannelMessage.Found(id.text, false);
      default -> OTHER;
    };
  }

  private static LinkupLegacyChannelMessage signal(
      @Nullable Field from, @Nullable Field to, @Nullable Field signal) {
    return from == null || from.text == null || to == null || to.text == null || signal == null
        ? OTHER
        : new LinkupLegacyChannelMessage.Signal(from.text, to.text, signal.json);
  }
}
