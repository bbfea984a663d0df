package dev.parley.peerjs;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the PeerJS clients of this node against {@code concurrent_limit}. Any thread. */
final class PeerJsClientLimit {

  private final int limit;
  private final AtomicInteger taken = new AtomicInteger();

  PeerJsClientLimit(int limit) {
    this.limit = limit;
  }

  /**
   * Takes a seat for a client that is about to ask for its id; whether that was still within the
   * limit.
   */
  boolean take() {
    return taken.incrementAndGet() <= limit;
  }

  /** Gives a seat back. */
  void giveBack() {
    taken.decrementAndGet();
  }
}
