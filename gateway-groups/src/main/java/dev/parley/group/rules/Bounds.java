package dev.parley.group.rules;

import dev.parley.group.GroupLimits;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Upper limits for counters that a command changes, and counters that had no room for it. */
final class Bounds {

  private final Map<Counter, Long> most = new HashMap<>();
  private final Set<RecordKey> exhausted = new LinkedHashSet<>();
  private boolean eviction;

  /**
   * Whether a counter may rise to {@code total}; if so, the bound becomes its limit at commit.
   *
   * @param isSmall whether the requester takes little, see {@link GroupLimits#most}
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

  /** Removes the limit of a counter, since the change that exceeded it is given up. */
  void lift(Counter counter) {
    most.remove(counter);
  }

  /** Requests that empty rooms are evicted for the requester. */
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
