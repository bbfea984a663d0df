package dev.parley.config;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The configuration is invalid. The message is one line that names the source (if known), the key,
 * the value, and the expectation:
 *
 * <pre>gateway.yaml: listeners.0.port: 'abc' is not valid; expected a whole number</pre>
 *
 * <p>An options record throws it from its constructor with a key relative to itself ({@code
 * "burst"}), a value type with the empty key; callers complete it with {@link #within} and {@link
 * #from}. Never put a secret into the value.
 */
public final class ConfigurationException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private static final int MAX_VALUE = 100;
  private static final String INVALID = "is not valid";
  private static final String MALFORMED = "makes it unreadable";
  private static final String UNKNOWN = "is not a known key";

  private final @Nullable String source;
  private final String key;
  private final String value;
  private final String fault;
  private final String expected;

  /**
   * @param key a dotted path relative to the thrower; empty for the value itself
   * @param value the invalid value, as text
   * @param expected what would be valid, completing the sentence "expected …"
   */
  public ConfigurationException(String key, String value, String expected) {
    this(null, key, value, INVALID, expected);
  }

  private ConfigurationException(
      @Nullable String source, String key, String value, String fault, String expected) {
    super(line(source, key, value, fault, expected));
    this.source = source;
    this.key = key;
    this.value = value;
    this.fault = fault;
    this.expected = expected;
  }

  /** An unknown key. {@code expected} lists the known ones at that place. */
  public static ConfigurationException unknownKey(String key, String name, String expected) {
    return new ConfigurationException(null, key, name, UNKNOWN, expected);
  }

  /**
   * A text that cannot be parsed at all.
   *
   * @param place the position in it, such as {@code line 3}
   * @param problem what is wrong there; never the text itself, which may contain a secret
   */
  public static ConfigurationException malformed(String place, String problem, String expected) {
    return new ConfigurationException(null, place, problem, MALFORMED, expected);
  }

  /** A copy with the key made relative to a surrounding one. */
  public ConfigurationException within(String prefix) {
    String longer = prefix.isEmpty() ? key : key.isEmpty() ? prefix : prefix + "." + key;
    var moved = new ConfigurationException(source, longer, value, fault, expected);
    moved.initCause(this);
    return moved;
  }

  /** A copy that names the source of the value: a file, a variable, an argument. */
  public ConfigurationException from(String where) {
    var sourced = new ConfigurationException(where, key, value, fault, expected);
    sourced.initCause(this);
    return sourced;
  }

  /** The dotted path of the key, such as {@code listeners.0.port}. */
  public String key() {
    return key;
  }

  /** The invalid value. */
  public String value() {
    return value;
  }

  /** What would be valid. */
  public String expected() {
    return expected;
  }

  private static String line(
      @Nullable String source, String key, String value, String fault, String expected) {
    var line = new StringBuilder();
    if (source != null) {
      line.append(source).append(": ");
    }
    if (!key.isEmpty()) {
      line.append(key).append(": ");
    }
    String shown =
        value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) + "…" : value;
    return line.append('\'')
        .append(shown)
        .append("' ")
        .append(fault)
        .append("; expected ")
        .append(expected)
        .toString()
        .replaceAll("\\p{Cntrl}+", " ");
  }
}
