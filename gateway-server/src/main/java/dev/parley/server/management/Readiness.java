package dev.parley.server.management;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * Whether this process should be sent clients: it is ready when none of the named checks has a
 * reason against it. May be used from any thread.
 */
public final class Readiness {
  private final Map<String, Supplier<Optional<String>>> checks = new ConcurrentSkipListMap<>();

  /**
   * Adds a check, or replaces the one of the same name.
   *
   * @param reason what speaks against it now, in a few words without secrets; asked for every
   *     request on an event loop, so it must answer at once
   */
  public void check(String name, Supplier<Optional<String>> reason) {
    checks.put(name, reason);
  }

  /** Sets a check that stays as it is until it is set again. */
  public void notReady(String name, String reason) {
    check(name, () -> Optional.of(reason));
  }

  /** Sets a check that has no reason against it until it is set again. */
  public void ready(String name) {
    check(name, Optional::empty);
  }

  /** Name of the check to its reason, for those that have one; empty if ready. */
  public Map<String, String> reasons() {
    Map<String, String> reasons = new TreeMap<>();
    checks.forEach((name, check) -> check.get().ifPresent(reason -> reasons.put(name, reason)));
    return Collections.unmodifiableMap(reasons);
  }
}
