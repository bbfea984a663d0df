package dev.parley.net;

/**
 * Connections of one event loop that are gone and have to be ended: their ids given up, their rooms
 * left. One is ended at once; when very many go in the same moment, as when a network fails, the
 * rest is done in slices. Event loop only.
 */
final class EndBacklog {

  /** Ended at once, within the time of a slice. */
  private static final int FEW = 4;

  private final TaskBacklog ends;
  private long since;
  private int few;

  EndBacklog(LoopTurn turn) {
    this.ends = new TaskBacklog(turn);
    this.since = System.nanoTime();
  }

  /** Runs {@code end} when it is its turn; must not fail. */
  void add(Runnable end) {
    if (ends.isEmpty() && isOneOfFew()) {
      end.run();
    } else {
      ends.add(end);
    }
  }

  /** Runs all that wait for their turn. */
  void endAll() {
    ends.runAll();
  }

  private boolean isOneOfFew() {
    long now = System.nanoTime();
    if (now - since > LoopTurn.SLICE_NANOS) {
      since = now;
      few = 0;
    }
    return ++few <= FEW;
  }
}
