package dev.parley.net.websocket;

/**
 * How many pieces of work of one kind run as they come, within the time of a slice: a single one is
 * not delayed, the rest of a burst is queued and runs in slices. Confined
 * to the event loop.
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
    if (now - since > FlushCycle.SLICE_NANOS) {
      since = now;
      used = 0;
    }
    return ++used <= pieces;
  }
}
