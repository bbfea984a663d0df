package dev.parley.server.config;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the candidate nearest to a misspelt word. */
public final class Nearest {
  private static final int MAX_MISTAKES = 3;

  /** One mistake is tolerated per so many letters. */
  private static final int LETTERS_A_MISTAKE = 4;

  private Nearest() {}

  /** The candidate with the smallest edit distance to {@code word}, if that is small. */
  public static Optional<String> to(String word, Stream<String> candidates) {
    int most = Math.min(MAX_MISTAKES, 1 + word.length() / LETTERS_A_MISTAKE);
    return candidates
        .filter(candidate -> distance(word, candidate) <= most)
        .min(
            Comparator.comparingInt((String candidate) -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** The edit distance: insertions, deletions and substitutions; a transposition counts once. */
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
