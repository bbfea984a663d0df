package dev.parley.server.config;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what a misspelt word was meant to be. */
public final class Nearest {
  private static final int MAX_MISTAKES = 3;

  /** A word may have a mistake for every so many of its letters. */
  private static final int LETTERS_A_MISTAKE = 4;

  private Nearest() {}

  /** The candidate that the fewest changes make out of {@code word}, if it takes but a few. */
  public static Optional<String> to(String word, Stream<String> candidates) {
    int most = Math.min(MAX_MISTAKES, 1 + word.length() / LETTERS_A_MISTAKE);
    return candidates
        .filter(candidate -> distance(word, candidate) <= most)
        .min(
            Comparator.comparingInt((String candidate) -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Letters that are inserted, taken out or exchanged; two that have changed places count once. */
  private static int distance(String one, String other) {
    int[][] changes = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          changes[i][j] = i + j;
          continue;
        }
        int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int least =
            Math.min(
                changes[i - 1][j - 1] + same,
                1 + Math.min(changes[i - 1][j], changes[i][j - 1]));
        if (i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          least = Math.min(least, changes[i - 2][j - 2] + 1);
        }
        changes[i][j] = least;
      }
    }
    return changes[one.length()][other.length()];
  }
}
