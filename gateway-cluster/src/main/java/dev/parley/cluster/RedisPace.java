package dev.parley.cluster;

import java.time.Duration;

/**
 * How long to wait for a Redis, and how often to try.
 *
 * @param patience how long it may take to connect, and to answer
 * @param probe how often a connection without news is asked whether it is alive
 * @param firstPause how long to wait after a connection was lost
 * @param longestPause what that grows to, doubling, while Redis cannot be reached
 */
record RedisPace(Duration patience, Duration probe, Duration firstPause, Duration longestPause) {

  static final RedisPace DEFAULT =
      new RedisPace(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(100),
          Duration.ofSeconds(5));

  /** The pause after {@code pause}. */
  Duration longerThan(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
  }
}
