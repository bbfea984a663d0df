package dev.parley.net;

import java.time.Duration;

/**
 * How late one event loop runs its tasks. A beat is due ten times a second; what a beat is late is
 * what every client of the loop waits at that moment.
 *
 * <p>A single pause (a collection, a machine that stands still) says nothing about the load. So the
 * loop counts as late only if it was late at every look for a second: then its work grows faster
 * than it is done. One beat in time ends that.
 *
 * <p>Beats belong to the event loop; any thread may look.
 */
final class LoopDelay {

  /** Between two beats. */
  static final long PERIOD_NANOS = Duration.ofMillis(100).toNanos();

  private static final long SUSTAINED_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long IN_TIME = Long.MIN_VALUE;

  private final long limitNanos;
  private volatile long dueAt;
  private volatile long lateSince = IN_TIME;
  private volatile long delay;

  LoopDelay(Duration limit, long now) {
    this.limitNanos = limit.toNanos();
    this.dueAt = now + PERIOD_NANOS;
  }

  /**
   * A beat runs; the next one is due a period from now.
   *
   * @param waited how long deliveries have waited that the loop hands over in slices, between which
   *     it is in time for everything else
   */
  void beat(long now, long waited) {
    long due = dueAt;
    long late = Math.max(waited, now - due);
    delay = late;
    if (late <= limitNanos) {
      lateSince = IN_TIME;
    } else if (lateSince == IN_TIME) {
      lateSince = now;
    }
    dueAt = now + PERIOD_NANOS;
  }

  /** Looks at the beat that is due, for a loop that does not get to it. */
  void look(long now) {
    if (lateSince == IN_TIME && now - dueAt > limitNanos) {
      lateSince = now;
    }
  }

  /** Whether the loop was late at every beat and look of a second. */
  boolean isLate(long now) {
    long since = lateSince;
    return since != IN_TIME && now - since >= SUSTAINED_NANOS;
  }

  /** What the last beat was late, or the one that is due, whichever is more. */
  long delayNanos(long now) {
    return Math.max(delay, now - dueAt);
  }
}
