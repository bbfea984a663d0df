package dev.parley.group.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.signal.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A client's copy of a room's status, maintained independently of the rules. */
final class StatusText {

  private static final ObjectMapper JSON = new ObjectMapper();

  private StatusText() {}

  static Bytes with(Bytes status, String key, @Nullable Bytes value) {
    try {
      ObjectNode object = (ObjectNode) JSON.readTree(status.text());
      if (value == null) {
        object.remove(key);
      } else {
        object.set(key, JSON.readTree(value.text()));
      }
      return Bytes.utf8(JSON.writeValueAsString(object));
    } catch (IOException noJson) {
      throw new UncheckedIOException(noJson);
    }
  }
}
