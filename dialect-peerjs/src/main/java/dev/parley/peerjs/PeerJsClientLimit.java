package dev.parley.peerjs;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the PeerJS clients of this node against {@code concurrent_limit}. Any thread. */
final class PeerJsClientLimit {

  private final int limit;
  private final AtomicInteger used = new AtomicInteger();

  PeerJsClientLimit(int limit) {
    this.limit = limit;
  }

  /** Counts a client that is about to claim its id; false if it exceeds the limit. */
  boolean acquire() {
    return used.incrementAndGet() <= limit;
  }

  /** Counts a client no longer, which {@link #acquire} has counted within the limit or not. */
  void release() {
    used.decrementAndGet();
  }
}
