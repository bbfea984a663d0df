package dev.parley.net.websocket;

import java.util.function.BooleanSupplier;

/**
 * Runs work of one event loop in slices of about a millisecond, and serves everything else in
 * between. Confined to the event loop.
 */
final class SlicedWork {

  private final FlushCycle cycle;
  private final BooleanSupplier isThere;
  private final Runnable piece;
  private boolean scheduled;

  /**
   * @param isThere whether there is work to do
   * @param piece does some of it; must not throw
   */
  SlicedWork(FlushCycle cycle, BooleanSupplier isThere, Runnable piece) {
    this.cycle = cycle;
    this.isThere = isThere;
    this.piece = piece;
  }

  /** There is work to do. */
  void begin() {
    if (!scheduled) {
      scheduled = true;
      cycle.afterOthers(this::slice);
    }
  }

  private void slice() {
    long end = System.nanoTime() + FlushCycle.SLICE_NANOS;
    while (isThere.getAsBoolean() && System.nanoTime() - end < 0) {
      piece.run();
    }
    scheduled = false;
    if (isThere.getAsBoolean()) {
      begin();
    }
  }
}
