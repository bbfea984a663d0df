package dev.parley.cluster.membership;

import java.time.Duration;

/**
 * The lease of this node, by its own monotonic clock: after it expires, other nodes may evict the
 * node. It runs from the sending of the last heartbeat that Redis has confirmed, which is no later
 * than its arrival. Not thread-safe.
 */
final class Lease {

  private final long nanos;
  private long renewedAt;

  Lease(Duration length) {
    this.nanos = length.toNanos();
  }

  /** Redis has confirmed a heartbeat sent at {@code sentAt}. */
  void renew(long sentAt) {
    renewedAt = sentAt;
  }

  boolean isOver(long now) {
    return now - renewedAt > nanos;
  }
}
