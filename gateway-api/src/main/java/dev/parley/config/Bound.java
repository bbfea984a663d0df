package dev.parley.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * An upper bound on a number, or {@code off} for none.
 *
 * @param most at least 1; {@link Integer#MAX_VALUE} is "off"
 */
public record Bound(int most) {
  /** No bound. */
  public static final Bound OFF = new Bound(Integer.MAX_VALUE);

  private static final String EXPECTED = "a whole number from 1, or off";

  /** Rejects a bound below one. */
  public Bound {
    if (most < 1) {
      throw new ConfigurationException("", Integer.toString(most), EXPECTED);
    }
  }

  /**
   * Parses the documented text.
   *
   * @throws ConfigurationException (with an empty key) if it is malformed
   */
  public static Bound parse(String text) {
    if (Off.isOff(text)) {
      return OFF;
    }
    try {
      return new Bound(Integer.parseInt(text));
    } catch (NumberFormatException notANumber) {
      throw new ConfigurationException("", text, EXPECTED);
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Bound fromTree(JsonNode node) {
    if (Off.isOff(node)) {
      return OFF;
    }
    if (node.isTextual() || node.isIntegralNumber()) {
      return parse(node.asText());
    }
    throw new ConfigurationException("", node.toString(), EXPECTED);
  }

  @JsonValue
  Object toTree() {
    return isOff() ? Off.TEXT : (Object) most;
  }

  /** Whether there is no bound. */
  public boolean isOff() {
    return most == Integer.MAX_VALUE;
  }

  /** Whether {@code count} is within the bound. */
  public boolean allows(int count) {
    return count <= most;
  }

  /** The documented text. */
  @Override
  public String toString() {
    return isOff() ? Off.TEXT : Integer.toString(most);
  }
}
