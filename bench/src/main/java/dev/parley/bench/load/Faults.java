package dev.parley.bench.load;

/**
 * Faulty signals.
 *
 * @param lost sent, and not arrived
 * @param duplicated arrived once more
 * @param outOfOrder arrived after one that was sent later
 * @param altered arrived as something that was not sent
 */
public record Faults(long lost, long duplicated, long outOfOrder, long altered) {

  /** No faults. */
  public static final Faults NONE = new Faults(0, 0, 0, 0);

  /** These and others. */
  public Faults plus(Faults others) {
    return new Faults(lost + others.lost, duplicated + others.duplicated,
        outOfOrder + others.outOfOrder, altered + others.altered);
  }

  /** Whether there are any. */
  public boolean any() {
    return !equals(NONE);
  }
}
