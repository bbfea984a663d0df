package dev.parley.cluster.redis;

import java.time.Duration;

/**
 * Retry policy for Redis: time-outs and exponential back-off.
 *
 * @param patience the time-out of connecting, and of an answer
 * @param probe the interval of liveness probes on an idle connection
 * @param firstPause the first back-off after a lost connection
 * @param longestPause the largest back-off; it doubles up to here
 */
public record RetryPolicy(Duration patience, Duration probe, Duration firstPause,
    Duration longestPause) {

  static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(100),
          Duration.ofSeconds(5));

  /** The back-off after {@code pause}. */
  public Duration longerThan(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
  }
}
