package dev.parley.cluster;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * The time in which a Redis cannot be used: which kinds of trouble there have been, so that each is
 * logged once, and how long it takes. One thread.
 */
final class RedisOutage {

  private final Set<String> said = new HashSet<>();
  private long since;

  /** Whether there is one. */
  boolean isOn() {
    return !said.isEmpty();
  }

  /** There is trouble; whether it is of a kind that this outage has not had yet. */
  boolean isNews(RedisTrouble trouble) {
    if (said.isEmpty()) {
      since = System.nanoTime();
    }
    return said.add(trouble.code());
  }

  /** It is over; how long it took. */
  Duration end() {
    said.clear();
    return Duration.ofNanos(System.nanoTime() - since);
  }
}
