package dev.parley.conformance.calling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Shrinks a list that causes a failure: first to the shortest prefix that still fails, then by
 * removing ever smaller pieces.
 */
final class Shrinker<T> {

  private final Predicate<List<T>> goesWrong;
  private int left;

  /**
   * The failure to reproduce.
   *
   * @param goesWrong whether a list still fails
   * @param attempts how many lists may be tried
   */
  Shrinker(Predicate<List<T>> goesWrong, int attempts) {
    this.goesWrong = goesWrong;
    this.left = attempts;
  }

  /** A failing list that is no longer than the given one. */
  List<T> shrink(List<T> all) {
    List<T> smaller = beginning(all);
    for (int piece = Math.max(1, smaller.size() / 2); piece >= 1; piece /= 2) {
      int before;
      do {
        before = smaller.size();
        smaller = withoutPieces(smaller, piece);
      } while (smaller.size() < before);
    }
    return smaller;
  }

  private List<T> beginning(List<T> all) {
    int good = 0;
    int bad = all.size();
    while (bad - good > 1) {
      int middle = (good + bad) / 2;
      if (stillGoesWrong(all.subList(0, middle))) {
        bad = middle;
      } else {
        good = middle;
      }
    }
    return all.subList(0, bad);
  }

  /** From the end, since what comes later depends on what was before. */
  private List<T> withoutPieces(List<T> all, int piece) {
    List<T> rest = all;
    for (int end = rest.size(); end > 0; end -= piece) {
      List<T> without = new ArrayList<>(rest.subList(0, Math.max(0, end - piece)));
      without.addAll(rest.subList(end, rest.size()));
      if (stillGoesWrong(without)) {
        rest = without;
      }
    }
    return rest;
  }

  private boolean stillGoesWrong(List<T> some) {
    return left-- > 0 && goesWrong.test(some);
  }
}
