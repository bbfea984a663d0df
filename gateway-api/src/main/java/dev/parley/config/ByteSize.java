package dev.parley.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number of bytes, written as {@code 256KiB}, {@code 1MiB}, {@code 2GiB} or as a plain whole
 * number of bytes. Decimal units (KB, MB) are rejected, because readers differ on what they mean.
 *
 * @param bytes at least 0
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(B|KiB|MiB|GiB)?");
  private static final String EXPECTED = "a size such as 256KiB, 1MiB or a whole number of bytes";
  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;
  private static final long GIB = 1024 * MIB;

  /** Rejects a negative size. */
  public ByteSize {
    if (bytes < 0) {
      throw new ConfigurationException("", Long.toString(bytes), EXPECTED);
    }
  }

  /** A size in units of 1024 bytes. */
  public static ByteSize ofKiB(long kib) {
    return new ByteSize(Math.multiplyExact(kib, KIB));
  }

  /** A size in units of 1024 × 1024 bytes. */
  public static ByteSize ofMiB(long mib) {
    return new ByteSize(Math.multiplyExact(mib, MIB));
  }

  /**
   * Parses the documented text.
   *
   * @throws ConfigurationException (with an empty key) if it is malformed
   */
  public static ByteSize parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new ConfigurationException("", text, EXPECTED);
    }
    try {
      long number = Long.parseLong(matcher.group(1));
      return new ByteSize(Math.multiplyExact(number, unit(matcher.group(2))));
    } catch (ArithmeticException tooLarge) {
      throw new ConfigurationException("", text, EXPECTED);
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ByteSize fromTree(JsonNode node) {
    if (node.isTextual() || node.isIntegralNumber()) {
      return parse(node.asText());
    }
    throw new ConfigurationException("", node.toString(), EXPECTED);
  }

  @JsonValue
  Object toTree() {
    return bytes != 0 && bytes % KIB == 0 ? toString() : bytes;
  }

  /**
   * The size as an {@code int}, for the many interfaces that take one; a larger one is {@link
   * Integer#MAX_VALUE}.
   */
  public int intBytes() {
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** The documented text, in the largest unit that leaves a whole number. */
  @Override
  public String toString() {
    if (bytes == 0 || bytes % KIB != 0) {
      return Long.toString(bytes);
    }
    if (bytes % GIB == 0) {
      return bytes / GIB + "GiB";
    }
    return bytes % MIB == 0 ? bytes / MIB + "MiB" : bytes / KIB + "KiB";
  }

  private static long unit(@Nullable String name) {
    return switch (name) {
      case "KiB" -> KIB;
      case "MiB" -> MIB;
      case "GiB" -> GIB;
      case null, default -> 1;
    };
  }
}
