package dev.parley.hub;

import java.util.concurrent.TimeUnit;

/**
 * A token bucket with a rate per minute: a burst of the whole rate passes at once, and a token
 * refills each time its share of the minute is over. State of a single number. Confined to one
 * thread at a time.
 */
public final class MinuteThrottle {

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final long each;
  /** When the bucket is full again. */
  private long even;

  /**
   * A throttle with a full bucket.
   *
   * @param perMinute at least 1
   * @param now the time in nanoseconds, see {@link System#nanoTime}
   */
  public MinuteThrottle(int perMinute, long now) {
    this.each = MINUTE / perMinute;
    this.even = now;
  }

  /** Takes a token if there is one; else changes nothing. */
  public boolean pass(long now) {
    long ahead = Math.max(0, even - now);
    if (ahead + each > MINUTE) {
      return false;
    }
    even = now + ahead + each;
    return true;
  }
}
