package dev.parley.hub;

import java.util.concurrent.TimeUnit;

/**
 * Lets so many of something pass in a minute: as many at once, and each one again when its part of
 * the minute is over. Keeps one number. One thread at a time.
 */
public final class MinuteThrottle {

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final long each;
  /** When all that has passed is forgotten. */
  private long even;

  /**
   * A throttle through which nothing has passed yet.
   *
   * @param perMinute at least 1
   * @param now the time in nanoseconds, see {@link System#nanoTime}
   */
  public MinuteThrottle(int perMinute, long now) {
    this.each = MINUTE / perMinute;
    this.even = now;
  }

  /** Lets one pass, if it may; else nothing changes. */
  public boolean pass(long now) {
    long ahead = Math.max(0, even - now);
    if (ahead + each > MINUTE) {
      return false;
    }
    even = now + ahead + each;
    return true;
  }
}
