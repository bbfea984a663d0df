package dev.parley.group.rules;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.json.JsonSource;
import dev.parley.signal.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Operations on statuses, which are kept as the JSON text that was received. */
final class Statuses {

  /** An empty status. */
  static final Bytes NOTHING = Bytes.utf8("{}");

  /** Nesting was limited when the message was received. */
  private static final JsonSource JSON = new JsonSource(Integer.MAX_VALUE);

  private Statuses() {}

  /**
   * Merges two statuses: all members of both, those of {@code over} where both have one. An array
   * counts as an object with members 0, 1, 2 …, any other value as an empty one.
   *
   * @return a JSON object
   */
  static Bytes merge(Bytes under, Bytes over) {
    Map<String, Bytes> members = members(under);
    members.putAll(members(over));
    return object(members);
  }

  /** The JSON object with these members. */
  static Bytes object(Map<String, Bytes> members) {
    if (members.isEmpty()) {
      return NOTHING;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(32 * members.size());
    char before = '{';
    for (Map.Entry<String, Bytes> member : members.entrySet()) {
      out.write(before);
      out.writeBytes(quoted(member.getKey()).getBytes(StandardCharsets.UTF_8));
      out.write(':');
      Bytes value = member.getValue();
      out.write(value.array(), value.offset(), value.length());
      before = ',';
    }
    out.write('}');
    return Bytes.of(out.toByteArray());
  }

  private static String quoted(String name) {
    StringBuilder json = new StringBuilder(name.length() + 2).append('"');
    name.codePoints().forEach(point -> {
      if (point == '"' || point == '\\') {
        json.append('\\').append((char) point);
      } else if (point < ' ') {
        json.append(String.format("\\u%04x", point));
      } else {
        json.appendCodePoint(point);
      }
    });
    return json.append('"').toString();
  }

  private static Map<String, Bytes> members(Bytes status) {
    Map<String, Bytes> members = new LinkedHashMap<>();
    if (status.equals(NOTHING)) {
      return members;
    }
    try (JsonParser parser = JSON.open(status)) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT) {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          parser.nextToken();
          members.put(name, JsonSource.value(parser, status));
        }
      } else if (token == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          members.put(Integer.toString(members.size()), JsonSource.value(parser, status));
        }
      }
      return members;
    } catch (IOException noJson) {
      throw new UncheckedIOException("a status that is no JSON has come through", noJson);
    }
  }
}
