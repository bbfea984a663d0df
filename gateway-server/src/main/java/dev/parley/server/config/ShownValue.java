package dev.parley.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.config.Secret;

/** Formats a value for an error line: as written, unless it may be or contain a secret. */
final class ShownValue {
  private ShownValue() {}

  static String of(Schema at, JsonNode value) {
    if (at instanceof Schema.Leaf leaf && leaf.secret() && !value.isNull()) {
      return Secret.MASK;
    }
    if (value.isContainerNode()) {
      return value.isArray() ? "[…]" : "{…}";
    }
    return value.asText();
  }
}
