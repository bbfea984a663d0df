package dev.parley.net.websocket;

/**
 * Reads of connections of one event loop that are not WebSockets (yet): TLS handshakes, opening
 * handshakes, plain HTTP. Each of them costs as much as many signals, and after a network failure
 * very many arrive in the same moment. A few are handled at once; the rest of a burst is queued
 * first come, first served, and handled in slices, so that open connections do not wait for it.
 * Confined to the event loop.
 */
public final class ArrivalBacklog {

  /** A plain opening handshake takes about a quarter of a slice. */
  private static final int MAX_INLINE = 4;

  private final FlushCycle cycle;
  private final TaskBacklog reads;
  private final InlineBudget inline;

  ArrivalBacklog(FlushCycle cycle) {
    this.cycle = cycle;
    this.reads = new TaskBacklog(cycle);
    this.inline = new InlineBudget(cycle, MAX_INLINE);
  }

  /** Whether a read may be handled at once; otherwise it has to be {@linkplain #add queued}. */
  boolean isServedAtOnce() {
    assert cycle.isCurrent();
    return reads.isEmpty() && inline.take();
  }

  /** Queues {@code read}; it must not throw. */
  void add(Runnable read) {
    assert cycle.isCurrent();
    reads.add(read);
  }
}
