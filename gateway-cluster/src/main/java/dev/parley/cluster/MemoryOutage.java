package dev.parley.cluster;

import java.time.Duration;

/**
 * The time in which a Redis is out of memory. Where memory is short it comes and goes, so an outage
 * is over only after a calm, which gets longer if it begins again soon: two lines of the log for
 * each outage are few, however long that goes on. The hub's event loop only.
 */
final class MemoryOutage {

  private static final long SHORTEST_CALM = Duration.ofSeconds(2).toNanos();
  private static final long LONGEST_CALM = Duration.ofMinutes(2).toNanos();

  private long calm = SHORTEST_CALM;
  private boolean on;
  private boolean hasBeen;
  private long since;
  private long lastSeen;

  /** What an observation comes to. */
  enum News {
    NONE,
    BEGUN,
    OVER
  }

  /**
   * A call has been answered.
   *
   * @param out whether it found Redis out of memory
   * @param now by {@link System#nanoTime}
   */
  News see(boolean out, long now) {
    if (out) {
      boolean again = hasBeen && now - lastSeen < LONGEST_CALM;
      lastSeen = now;
      hasBeen = true;
      if (on) {
        return News.NONE;
      }
      on = true;
      since = now;
      calm = again ? Math.min(2 * calm, LONGEST_CALM) : SHORTEST_CALM;
      return News.BEGUN;
    }
    if (on && now - lastSeen >= calm) {
      on = false;
      return News.OVER;
    }
    return News.NONE;
  }

  /** How long it took, once it is over. */
  Duration length() {
    return Duration.ofNanos(lastSeen - since);
  }
}
