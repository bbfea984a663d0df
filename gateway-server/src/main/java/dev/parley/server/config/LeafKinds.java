package dev.parley.server.config;

import com.fasterxml.jackson.databind.JsonNode;

/** Checks the form of a value; there are no conversions. */
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
