package dev.parley.server.config;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether a value is written as its kind wants it; nothing is turned into something else. */
final class LeafKinds {
  private LeafKinds() {}

  static boolean fits(Schema.Kind kind, JsonNode value) {
    return switch (kind) {
      case TEXT -> value.isTextual();
      case WHOLE -> value.isIntegralNumber();
      case NUMBER -> value.isNumber();
      case SWITCH -> value.isBoolean();
      case FORM -> value.isTextual() || value.isIntegralNumber() || value.isBoolean();
      case ANY -> true;
    };
  }
}
