package dev.parley.net;

/**
 * Clean-up of lost connections on one event loop: releases their ids and leaves their rooms.
 * Normally this is immediate; when very many are lost at the same moment, as when a network fails,
 * the rest is done in slices. Confined to the event loop.
 */
final class EndBacklog {

  /** Cleaned up at once, within the time of a slice. */
  private static final int FEW = 4;

  private final TaskBacklog ends;
  private long since;
  private int few;

  EndBacklog(LoopTurn turn) {
    this.ends = new TaskBacklog(turn);
    this.since = System.nanoTime();
  }

  /** Runs {@code end} at once or queues it; it must not throw. */
  void add(Runnable end) {
    if (ends.isEmpty() && isOneOfFew()) {
      end.run();
    } else {
      ends.add(end);
    }
  }

  /** Runs all queued ones. */
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
