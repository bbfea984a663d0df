package dev.parley.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.config.ConfigurationException;

/**
 * A pattern of ids: text in which {@code *} stands for any number of any characters, and everything
 * else for itself. Matched in time proportional to the product of the lengths at most, which {@link
 * #MAX_LENGTH} and {@code limits.idLength} bound.
 *
 * @param text the pattern
 */
public record IdPattern(String text) {

  /** The longest pattern, in characters. */
  public static final int MAX_LENGTH = 256;

  private static final String EXPECTED = "a pattern of 1 to " + MAX_LENGTH + " characters";

  public IdPattern {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new ConfigurationException("", text, EXPECTED);
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static IdPattern fromTree(JsonNode node) {
    if (node.isTextual()) {
      return new IdPattern(node.textValue());
    }
    throw new ConfigurationException("", node.toString(), EXPECTED);
  }

  @JsonValue
  @Override
  public String text() {
    return text;
  }

  /** Whether the whole id matches. */
  public boolean matches(String id) {
    int at = 0;
    int read = 0;
    int star = -1;
    int retry = 0;
    while (read < id.length()) {
      if (at < text.length() && text.charAt(at) == '*') {
        star = at++;
        retry = read;
      } else if (at < text.length() && text.charAt(at) == id.charAt(read)) {
        at++;
        read++;
      } else if (star >= 0) {
        // The last star takes one character more.
        at = star + 1;
        read = ++retry;
      } else {
        return false;
      }
    }
    while (at < text.length() && text.charAt(at) == '*') {
      at++;
    }
    return at == text.length();
  }
}
