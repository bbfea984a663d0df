package dev.parley.net;

/**
 * How many pieces of work of one kind are done at once, as they come, within the time of a slice.
 * What comes alone is not delayed; of a burst the rest is done in slices. Event loop only.
 */
final class InlineBudget {

  private final int pieces;
  private long since = System.nanoTime();
  private int used;

  /**
   * @param pieces how many; together they should take about the time of a slice
   */
  InlineBudget(int pieces) {
    this.pieces = pieces;
  }

  /** Takes one piece of the budget, if one is left. */
  boolean take() {
    long now = System.nanoTime();
    if (now - since > LoopTurn.SLICE_NANOS) {
      since = now;
      used = 0;
    }
    return ++used <= pieces;
  }
}
