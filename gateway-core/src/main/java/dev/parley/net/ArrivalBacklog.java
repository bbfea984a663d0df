package dev.parley.net;

/**
 * Reads of connections of one event loop that are not WebSockets (yet): TLS handshakes, opening
 * handshakes, plain HTTP. Each of them costs as much as many signals, and after a network failure
 * very many come in the same moment. A few are handled as they come; the rest of a burst is handled
 * first come, first served, in slices, and between two slices the loop serves the connections that
 * are open. Event loop only.
 */
final class ArrivalBacklog {

  /** A plain opening handshake takes about a quarter of a slice. */
  private static final int MAX_INLINE = 4;

  private final TaskBacklog reads;
  private final InlineBudget inline = new InlineBudget(MAX_INLINE);

  ArrivalBacklog(LoopTurn turn) {
    this.reads = new TaskBacklog(turn);
  }

  /** Whether a read may be handled as it comes; otherwise it has to be {@linkplain #add added}. */
  boolean isServedAtOnce() {
    return reads.isEmpty() && inline.take();
  }

  /** Runs {@code read} when it is its turn; must not fail. */
  void add(Runnable read) {
    reads.add(read);
  }
}
