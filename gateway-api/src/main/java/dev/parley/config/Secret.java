package dev.parley.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A text that must never be shown: {@link #toString()} and its JSON form are a mask, so that
 * options with it can be logged or printed.
 *
 * @param value the text itself
 */
public record Secret(String value) {
  /** Replaces every secret. */
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
