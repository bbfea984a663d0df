package dev.parley.policies.support;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A circuit breaker for calls of a service. It opens after a number of failures without a success
 * in between, so that a few requests that the service cannot take do not shut out all others. While
 * it is open no call is made; after a pause one call probes, and its outcome decides. Thread-safe.
 */
public final class Circuit {

  private final int maxFailures;
  private final Duration pause;
  private final InstantSource clock;

  private int failures;
  private Instant next = Instant.MIN;

  /** What an outcome has changed. */
  public enum Change {
    NONE, OPENED, CLOSED
  }

  public Circuit(int maxFailures, Duration pause, InstantSource clock) {
    this.maxFailures = maxFailures;
    this.pause = pause;
    this.clock = clock;
  }

  /** Whether a call may be made now. A call that may must have an outcome. */
  public synchronized boolean allows() {
    if (failures < maxFailures) {
      return true;
    }
    if (clock.instant().isBefore(next)) {
      return false;
    }
    // The probe; others wait for its outcome, or for another pause if it has none.
    next = clock.instant().plus(pause);
    return true;
  }

  /** A call has succeeded. */
  public synchronized Change succeeded() {
    boolean wasOpen = failures >= maxFailures;
    failures = 0;
    return wasOpen ? Change.CLOSED : Change.NONE;
  }

  /** A call has failed. */
  public synchronized Change failed() {
    boolean wasOpen = failures >= maxFailures;
    failures = Math.min(failures + 1, maxFailures);
    if (failures < maxFailures) {
      return Change.NONE;
    }
    next = clock.instant().plus(pause);
    return wasOpen ? Change.NONE : Change.OPENED;
  }
}
