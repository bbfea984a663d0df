package dev.parley.net.websocket;

/**
 * Clean-up of lost connections on one event loop: releases their ids and leaves their rooms.
 * Normally this is immediate; when very many are lost at the same moment, as when a network fails,
 * the rest is done in slices. Confined to the event loop.
 */
public final class EndBacklog {

  /** Cleaned up at once, within the time of a slice. */
  private static final int MAX_INLINE = 4;

  private final FlushCycle cycle;
  private final TaskBacklog ends;
  private final InlineBudget inline;

  EndBacklog(FlushCycle cycle) {
    this.cycle = cycle;
    this.ends = new TaskBacklog(cycle);
    this.inline = new InlineBudget(cycle, MAX_INLINE);
  }

  /** Runs {@code end} at once or queues it; it must not throw. */
  void add(Runnable end) {
    assert cycle.isCurrent();
    if (ends.isEmpty() && inline.take()) {
      end.run();
    } else {
      ends.add(end);
    }
  }

  /** Runs all queued ones. */
  public void endAll() {
    assert cycle.isCurrent();
    ends.runAll();
  }
}
