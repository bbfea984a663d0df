package dev.parley.cluster;

import java.time.Duration;

/**
 * How long this node may go on without Redis before others may take it for dead, by its own
 * monotonic clock. Counted from when the last sign of life that Redis has confirmed was given,
 * which is no later than Redis got it. The hub's event loop only.
 */
final class Lease {

  private final long nanos;
  private long renewedAt;

  Lease(Duration length) {
    this.nanos = length.toNanos();
  }

  /** Redis has confirmed a sign of life that was given then. */
  void renew(long givenAt) {
    renewedAt = givenAt;
  }

  boolean isOver(long now) {
    return now - renewedAt > nanos;
  }
}
