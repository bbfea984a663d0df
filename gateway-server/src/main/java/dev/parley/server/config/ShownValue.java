package dev.parley.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.config.Secret;

/** How a value is shown in an error line: as it was written, unless it may be or hold a secret. */
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
