package dev.parley.cluster.membership;

import java.time.Duration;

/**
 * Tracks the time in which Redis is out of memory. When memory is short this state flaps, so an
 * outage ends only after a calm period, which is longer if the next outage follows soon. So the log
 * has two lines per outage, however long it lasts. Not thread-safe.
 */
final class MemoryOutage {

  private static final long MIN_CALM = Duration.ofSeconds(2).toNanos();
  private static final long MAX_CALM = Duration.ofMinutes(2).toNanos();

  private long calm = MIN_CALM;
  private boolean on;
  private boolean hasBeen;
  private long since;
  private long lastSeen;

  /** The transition that an observation causes. */
  enum News {
    NONE,
    BEGUN,
    OVER
  }

  /**
   * A call was answered.
   *
   * @param out whether Redis was out of memory
   * @param now by {@link System#nanoTime}
   */
  News see(boolean out, long now) {
    if (out) {
      boolean again = hasBeen && now - lastSeen < MAX_CALM;
      lastSeen = now;
      hasBeen = true;
      if (on) {
        return News.NONE;
      }
      on = true;
      since = now;
      calm = again ? Math.min(2 * calm, MAX_CALM) : MIN_CALM;
      return News.BEGUN;
    }
    if (on && now - lastSeen >= calm) {
      on = false;
      return News.OVER;
    }
    return News.NONE;
  }

  /** The length of the outage, once it is over. */
  Duration length() {
    return Duration.ofNanos(lastSeen - since);
  }
}
