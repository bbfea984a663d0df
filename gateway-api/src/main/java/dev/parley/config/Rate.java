package dev.parley.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rate, written as {@code 200/s}, or {@code off} for no bound.
 *
 * @param perSecond at least 1; {@link Integer#MAX_VALUE} is "off"
 */
public record Rate(int perSecond) {
  /** No bound. */
  public static final Rate OFF = new Rate(Integer.MAX_VALUE);

  private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,8})/s");
  private static final String EXPECTED = "a rate such as 200/s, or off";

  /** Rejects a rate below one a second. */
  public Rate {
    if (perSecond < 1) {
      throw new ConfigurationException("", perSecond + "/s", EXPECTED);
    }
  }

  /**
   * Parses the documented text.
   *
   * @throws ConfigurationException (with an empty key) if it is malformed
   */
  public static Rate parse(String text) {
    if (Off.isOff(text)) {
      return OFF;
    }
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new ConfigurationException("", text, EXPECTED);
    }
    return new Rate(Integer.parseInt(matcher.group(1)));
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Rate fromTree(JsonNode node) {
    if (Off.isOff(node)) {
      return OFF;
    }
    if (node.isTextual()) {
      return parse(node.textValue());
    }
    throw new ConfigurationException("", node.toString(), EXPECTED);
  }

  /** Whether there is no bound. */
  public boolean isOff() {
    return perSecond == Integer.MAX_VALUE;
  }

  /** The documented text. */
  @JsonValue
  @Override
  public String toString() {
    return isOff() ? Off.TEXT : perSecond + "/s";
  }
}
