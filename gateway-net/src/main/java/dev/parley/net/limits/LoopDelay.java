package dev.parley.net.limits;

import java.time.Duration;

/**
 * Scheduling delay of one event loop. A beat is due ten times a second; its delay is what every
 * client of the loop waits at that moment.
 *
 * <p>A single pause (a garbage collection, a machine that stalls) says nothing about the load. So
 * the loop counts as late only if it was late at every sample for a second: then work arrives
 * faster than it is done. One beat in time resets that.
 *
 * <p>Beats run on the event loop; sampling is thread-safe.
 */
public final class LoopDelay {

  /** Between two beats. */
  public static final long PERIOD_NANOS = Duration.ofMillis(100).toNanos();

  private static final long SUSTAINED_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long IN_TIME = Long.MIN_VALUE;

  private final long limitNanos;
  private volatile long dueAt;
  private volatile long lateSince = IN_TIME;
  private volatile long delay;

  public LoopDelay(Duration limit, long now) {
    this.limitNanos = limit.toNanos();
    this.dueAt = now + PERIOD_NANOS;
  }

  /**
   * A beat runs; the next one is due a period from now.
   *
   * @param waited how long sliced deliveries have waited: between slices the loop itself is in time
   */
  public void beat(long now, long waited) {
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

  /** Samples the due beat, for a loop that does not get to it. */
  public void look(long now) {
    if (lateSince == IN_TIME && now - dueAt > limitNanos) {
      lateSince = now;
    }
  }

  /** Whether the loop was late at every beat and sample of a second. */
  public boolean isLate(long now) {
    long since = lateSince;
    return since != IN_TIME && now - since >= SUSTAINED_NANOS;
  }

  /** The delay of the last beat, or of the one that is due, whichever is more. */
  public long delayNanos(long now) {
    return Math.max(delay, now - dueAt);
  }
}
