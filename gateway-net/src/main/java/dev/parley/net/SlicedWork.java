package dev.parley.net;

import java.util.function.BooleanSupplier;

/**
 * Work of one event loop that is done in slices: piece by piece for about a millisecond, and the
 * rest after all others have had their turn. Event loop only.
 */
final class SlicedWork {

  private final LoopTurn turn;
  private final BooleanSupplier isThere;
  private final Runnable piece;
  private boolean scheduled;

  /**
   * @param isThere whether there is something to do
   * @param piece does some of it; must not fail
   */
  SlicedWork(LoopTurn turn, BooleanSupplier isThere, Runnable piece) {
    this.turn = turn;
    this.isThere = isThere;
    this.piece = piece;
  }

  /** There is something to do. */
  void begin() {
    if (!scheduled) {
      scheduled = true;
      turn.afterOthers(this::slice);
    }
  }

  private void slice() {
    long end = System.nanoTime() + LoopTurn.SLICE_NANOS;
    while (isThere.getAsBoolean() && System.nanoTime() - end < 0) {
      piece.run();
    }
    scheduled = false;
    if (isThere.getAsBoolean()) {
      begin();
    }
  }
}
