package dev.parley.switchboard;

import java.util.Optional;

/**
 * Rules for ids, the same in every dialect: bounded length, and no characters that harm a log, a
 * terminal, or another protocol. Letters of all scripts are valid.
 *
 * @param longest the most characters (UTF-16) of an id
 * @param newPerMinute how many ids one session may claim in a minute
 */
public record IdRules(int longest, int newPerMinute) {

  /** Why {@code id} is invalid, in a few words. */
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

  /** Whether {@code id} could be valid, by its length; a cheap check for every signal. */
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
