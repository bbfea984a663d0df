package dev.parley.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A text that must never be shown: {@link #toString()} and its JSON are a mask, so that it can be
 * part of options that are logged or printed.
 *
 * @param value the text itself
 */
public record Secret(String value) {
  /** What stands in for every secret. */
  public static final String MASK = "***";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Secret fromTree(JsonNode node) {
    if (node.isTextual()) {
      return new Secret(node.textValue());
    }
    throw new ConfigurationException("", MASK, "text");
  }

  /** The mask. */
  @JsonValue
  @Override
  public String toString() {
    return MASK;
  }
}
