package dev.parley.net;

import dev.parley.config.Rate;

/**
 * How many frames a client may still send: a bucket that holds a burst and is filled at a steady
 * rate. A client that overdraws it is not closed; it is read again when it has earned what it took.
 */
final class Allowance {

  private static final double NANOS_PER_SECOND = 1e9;

  private final double perNano;
  private final int burst;
  private double left;
  private long filledAt;

  Allowance(Rate rate, int burst, long now) {
    this.perNano = rate.isOff() ? Double.POSITIVE_INFINITY : rate.perSecond() / NANOS_PER_SECOND;
    this.burst = burst;
    this.left = burst;
    this.filledAt = now;
  }

  /** Takes one frame off; the nanoseconds to wait before reading on, 0 if none. */
  long take(long now) {
    if (perNano == Double.POSITIVE_INFINITY) {
      return 0;
    }
    left = Math.min(burst, left + (now - filledAt) * perNano) - 1;
    filledAt = now;
    return left >= 0 ? 0 : (long) Math.ceil(-left / perNano);
  }
}
