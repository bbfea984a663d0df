package dev.parley.group.rules;

import dev.parley.group.GroupLimits;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** How far counters may rise because of a command, and where there was no room for it. */
final class Bounds {

  private final Map<Counter, Long> most = new HashMap<>();
  private final Set<RecordKey> exhausted = new LinkedHashSet<>();
  private boolean eviction;

  /**
   * Whether a counter may rise so far.
   *
   * @param isSmall whether who asks takes little, see {@link GroupLimits#most}
   */
  boolean fits(Counter counter, long total, long bound, boolean isSmall) {
    long mayBe = GroupLimits.most(bound, isSmall);
    most.put(counter, mayBe);
    if (total <= mayBe) {
      return true;
    }
    exhausted.add(counter.key());
    return false;
  }

  /** The counter may rise as far as it likes, since what was too much is given up. */
  void lift(Counter counter) {
    most.remove(counter);
  }

  /** For who asks, rooms that are empty are removed. */
  void askForEviction() {
    eviction = true;
  }

  Map<Counter, Long> most() {
    return new HashMap<>(most);
  }

  Set<RecordKey> exhausted() {
    return new LinkedHashSet<>(exhausted);
  }

  boolean asksForEviction() {
    return eviction;
  }
}
