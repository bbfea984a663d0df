package dev.parley.conformance.calling;

import java.util.regex.Pattern;

/**
 * The original answers {@code status} with an undocumented boolean of no use, so it is not
 * compared. No other answer is a boolean.
 */
final class StatusAnswers {

  private static final Pattern BOOLEAN =
      Pattern.compile("(\\{\"type\":\"answer\",\"tid\":[^,{}]*),\"data\":(?:true|false)\\}");

  private StatusAnswers() {}

  /** A line without that boolean. */
  static String withoutData(String line) {
    return BOOLEAN.matcher(line).replaceFirst("$1}");
  }
}
