package dev.parley.bench.load;

import java.util.HashSet;
import java.util.Set;

/**
 * What arrived of the signals that one client sent to another, by their numbers 0, 1, 2, … A server
 * that does its work lets each of them arrive once, unaltered, in order. One thread.
 *
 * <p>Whatever arrives altered has no number that could be believed, so it stands for one of the
 * numbers that did not arrive otherwise.
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

  /** The signal of this number is here. */
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

  /** Something is here that is none of the signals as they were sent. */
  public void altered() {
    altered++;
    unplaced++;
  }

  /** How many signals arrived, each counted once. */
  public long arrived() {
    return arrived;
  }

  /** How many signals are surely not under way any more: they, or later ones, have arrived. */
  public long settled() {
    return next + unplaced;
  }

  /**
   * What went wrong, if nothing is under way any more.
   *
   * @param sent how many signals were sent
   */
  public Faults faults(long sent) {
    long absent = missing.size() + Math.max(0, sent - next);
    return new Faults(Math.max(0, absent - altered), duplicated, outOfOrder, altered);
  }
}
