package dev.parley.bench.load;

import java.util.HashSet;
import java.util.Set;

/**
 * Counts arrivals of the signals from one client to another, by their numbers 0, 1, 2, … A correct
 * server delivers each of them exactly once, unaltered, in order. One thread.
 *
 * <p>An altered signal has no trustworthy number, so it counts for one of the missing numbers.
 */
public final class Arrivals {

  private final Set<Long> missing = new HashSet<>();
  private long next;
  private long arrived;
  private long duplicated;
  private long outOfOrder;
  private long altered;

  /** Altered ones that may be one of those from {@link #next} on. */
  private long unplaced;

  /** The signal of this number has arrived. */
  public void signal(long number) {
    if (number >= next) {
      ahead(number);
    } else if (missing.remove(number)) {
      outOfOrder++;
      arrived++;
    } else {
      duplicated++;
    }
  }

  private void ahead(long number) {
    unplaced -= Math.min(unplaced, number - next);
    for (long gap = next; gap < number; gap++) {
      missing.add(gap);
    }
    next = number + 1;
    arrived++;
  }

  /** An altered signal has arrived. */
  public void altered() {
    altered++;
    unplaced++;
  }

  /** How many signals arrived, each counted once. */
  public long arrived() {
    return arrived;
  }

  /** How many signals are surely not in flight any more: they, or later ones, have arrived. */
  public long settled() {
    return next + unplaced;
  }

  /**
   * The faults, if nothing is in flight any more.
   *
   * @param sent how many signals were sent
   */
  public Faults faults(long sent) {
    long absent = missing.size() + Math.max(0, sent - next);
    return new Faults(Math.max(0, absent - altered), duplicated, outOfOrder, altered);
  }
}
