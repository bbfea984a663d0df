package dev.parley.cluster.script;

/**
 * The id of an entry of a Redis stream. Both numbers are unsigned.
 *
 * @param millis the time part
 * @param sequence distinguishes entries of one millisecond
 */
public record EntryId(long millis, long sequence) {

  /**
   * Parses {@link #toString}.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public static EntryId parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 0) {
      throw new IllegalArgumentException(text);
    }
    return new EntryId(
        Long.parseUnsignedLong(text, 0, dash, 10),
        Long.parseUnsignedLong(text, dash + 1, text.length(), 10));
  }

  /** The smallest id behind this one. */
  EntryId next() {
    return new EntryId(millis, sequence + 1);
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
  }
}
