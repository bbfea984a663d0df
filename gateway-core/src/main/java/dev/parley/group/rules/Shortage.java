package dev.parley.group.rules;

import java.util.LinkedHashSet;
import java.util.Set;

/** Where there was no room for what a command would have liked. */
final class Shortage {

  private final Set<RecordKey> exhausted = new LinkedHashSet<>();
  private boolean eviction;

  /** A counter is at its bound. */
  void of(RecordKey counter) {
    exhausted.add(counter);
  }

  /**
   * The counter of a realm is at its bound.
   *
   * @param isSmall whether who asks takes little: for it, rooms that are empty are removed
   */
  void ofRealm(RecordKey counter, boolean isSmall) {
    exhausted.add(counter);
    eviction |= isSmall;
  }

  Set<RecordKey> exhausted() {
    return Set.copyOf(exhausted);
  }

  boolean asksForEviction() {
    return eviction;
  }
}
