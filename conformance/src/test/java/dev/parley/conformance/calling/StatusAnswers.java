package dev.parley.conformance.calling;

import java.util.regex.Pattern;

/**
 * The original answers {@code status} with a boolean that no protocol text knows of. It is an
 * accident of which nothing can be made, so neither server is held to it. No other answer is one.
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
