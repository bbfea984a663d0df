package org.example.bell;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.parley.signal.Bytes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Decodes requests of clients. It knows no socket, never throws, and is thread-safe. */
final class BellDecoder {

  private final JsonFactory json;

  BellDecoder(int jsonDepth) {
    this.json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(jsonDepth).build())
            .build();
  }

  BellRequest decode(Bytes message) {
    try (JsonParser parser =
        json.createParser(message.array(), message.offset(), message.length())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new BellRequest.Nonsense("a JSON object is expected");
      }
      return decodeObject(parser);
    } catch (IOException notJson) {
      return new BellRequest.Nonsense("not JSON, or nested too deeply");
    }
  }

  private static BellRequest decodeObject(JsonParser parser) throws IOException {
    @Nullable String hello = null;
    @Nullable String ring = null;
    @Nullable String text = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      @Nullable String value =
          parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
      switch (field) {
        case "hello" -> hello = value;
        case "ring" -> ring = value;
        case "text" -> text = value;
        default -> {}
      }
      parser.skipChildren();
    }
    if (hello != null) {
      return new BellRequest.Hello(hello);
    }
    return ring == null || text == null
        ? new BellRequest.Nonsense("neither a hello nor a ring with a text")
        : new BellRequest.Ring(ring, text);
  }
}
