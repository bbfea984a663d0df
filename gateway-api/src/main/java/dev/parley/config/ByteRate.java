package dev.parley.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A rate of bytes, written as {@code 1MiB/s} or {@code 64000/s}, or {@code off} for no bound.
 *
 * @param perSecond at least one byte; {@link Long#MAX_VALUE} bytes are "off"
 */
public record ByteRate(ByteSize perSecond) {
  /** No bound. */
  public static final ByteRate OFF = new ByteRate(new ByteSize(Long.MAX_VALUE));

  private static final String PER_SECOND = "/s";
  private static final String EXPECTED = "a rate of bytes such as 1MiB/s, or off";

  /** Rejects a rate below one byte a second. */
  public ByteRate {
    if (perSecond.bytes() < 1) {
      throw new ConfigurationException("", perSecond + PER_SECOND, EXPECTED);
    }
  }

  /**
   * Parses the documented text.
   *
   * @throws ConfigurationException (with an empty key) if it is malformed
   */
  public static ByteRate parse(String text) {
    if (Off.isOff(text)) {
      return OFF;
    }
    if (!text.endsWith(PER_SECOND)) {
      throw new ConfigurationException("", text, EXPECTED);
    }
    try {
      return new ByteRate(ByteSize.parse(text.substring(0, text.length() - PER_SECOND.length())));
    } catch (ConfigurationException noSize) {
      throw new ConfigurationException("", text, EXPECTED);
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ByteRate fromTree(JsonNode node) {
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
    return perSecond.bytes() == Long.MAX_VALUE;
  }

  /** The documented text. */
  @JsonValue
  @Override
  public String toString() {
    return isOff() ? Off.TEXT : perSecond + PER_SECOND;
  }
}
