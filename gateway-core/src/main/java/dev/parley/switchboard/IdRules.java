package dev.parley.switchboard;

import java.util.Optional;

/**
 * What an id may look like, in every dialect: not too long, and nothing in it that a log, a
 * terminal or another protocol would trip over. Any letter of any script is fine.
 *
 * @param longest the most characters (UTF-16) an id may have
 * @param newPerMinute how many ids one session may claim in a minute
 */
public record IdRules(int longest, int newPerMinute) {

  /** What is wrong with {@code id}, in a few words. */
  public Optional<String> objection(String id) {
    if (id.isEmpty()) {
      return Optional.of("empty");
    }
    if (id.length() > longest) {
      return Optional.of("longer than " + longest + " characters");
    }
    return id.codePoints().allMatch(IdRules::isAllowed)
        ? Optional.empty()
        : Optional.of("it has control characters");
  }

  /** Whether a peer could go by {@code id}: cheap, for every signal. */
  boolean allowsLengthOf(String id) {
    return id.length() <= longest;
  }

  private static boolean isAllowed(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE
        && Character.getType(codePoint) != Character.LINE_SEPARATOR
        && Character.getType(codePoint) != Character.PARAGRAPH_SEPARATOR;
  }
}
