package dev.parley.net.websocket;

/**
 * How many pieces of work of one kind run as they come, until the loop has served everything else:
 * a single one is not delayed, the rest of a burst is queued and runs in slices. By rounds of the
 * loop, not by time, since a burst of slow pieces would renew a budget of time by itself. Confined
 * to the event loop; its owner asserts that.
 */
final class InlineBudget {

  private final FlushCycle cycle;
  private final int pieces;
  private final Runnable renew = this::renew;
  private int used;

  /**
   * @param pieces how many; together they should take about the time of a slice
   */
  InlineBudget(FlushCycle cycle, int pieces) {
    this.cycle = cycle;
    this.pieces = pieces;
  }

  /** Takes one piece of the budget, if one is left. */
  boolean take() {
    if (used == 0) {
      cycle.afterOthers(renew);
    }
    if (used == pieces) {
      return false;
    }
    used++;
    return true;
  }

  private void renew() {
    used = 0;
  }
}
