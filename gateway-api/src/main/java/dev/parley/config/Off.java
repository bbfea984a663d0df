package dev.parley.config;

import com.fasterxml.jackson.databind.JsonNode;

/** The word that disables a bound. YAML 1.1 parsers may turn a bare {@code off} into false. */
final class Off {
  static final String TEXT = "off";

  private Off() {}

  static boolean isOff(String text) {
    return text.equals(TEXT);
  }

  static boolean isOff(JsonNode node) {
    return node.isTextual() ? isOff(node.textValue()) : node.isBoolean() && !node.booleanValue();
  }
}
