package dev.parley.cluster.redis;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Tracks the time in which a Redis cannot be used, and the kinds of trouble during it, so that each
 * is logged once. Not thread-safe.
 */
public final class RedisOutage {

  private final Set<String> said = new HashSet<>();
  private long since;

  /** Whether an outage is going on. */
  public boolean isOn() {
    return !said.isEmpty();
  }

  /** Records trouble; whether its kind is new in this outage. */
  public boolean isNews(RedisTrouble trouble) {
    if (said.isEmpty()) {
      since = System.nanoTime();
    }
    return said.add(trouble.code());
  }

  /** Ends the outage; returns its length. */
  public Duration end() {
    said.clear();
    return Duration.ofNanos(System.nanoTime() - since);
  }
}
