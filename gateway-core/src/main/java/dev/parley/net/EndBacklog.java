package dev.parley.net;

/**
 * Connections of one event loop that are gone and have to be ended: their ids given up, their rooms
 * left. One is ended at once; when very many go in the same moment, as when a network fails, the
 * rest is done in slices. Event loop only.
 */
final class EndBacklog {

  private static final int MAX_INLINE = 4;

  private final TaskBacklog ends;
  private final InlineBudget inline = new InlineBudget(MAX_INLINE);

  EndBacklog(LoopTurn turn) {
    this.ends = new TaskBacklog(turn);
  }

  /** Runs {@code end} when it is its turn; must not fail. */
  void add(Runnable end) {
    if (ends.isEmpty() && inline.take()) {
      end.run();
    } else {
      ends.add(end);
    }
  }

  /** Runs all that wait for their turn. */
  void endAll() {
    ends.runAll();
  }
}
