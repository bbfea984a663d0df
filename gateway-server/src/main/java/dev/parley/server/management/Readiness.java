package dev.parley.server.management;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * Readiness of this process for clients: it is ready when none of the named checks has an
 * objection. Any thread.
 */
public final class Readiness {
  private final Map<String, Supplier<Optional<String>>> checks = new ConcurrentSkipListMap<>();

  /**
   * Adds a check, or replaces the one of the same name.
   *
   * @param reason the present objection, in a few words without secrets; called for every request
   *     on an event loop, so it must not block
   */
  public void check(String name, Supplier<Optional<String>> reason) {
    checks.put(name, reason);
  }

  /** Sets a check with a fixed objection, until it is set again. */
  public void notReady(String name, String reason) {
    check(name, () -> Optional.of(reason));
  }

  /** Sets a check without an objection, until it is set again. */
  public void ready(String name) {
    check(name, Optional::empty);
  }

  /** Objections by the name of the check; empty if ready. */
  public Map<String, String> reasons() {
    Map<String, String> reasons = new TreeMap<>();
    checks.forEach((name, check) -> check.get().ifPresent(reason -> reasons.put(name, reason)));
    return Collections.unmodifiableMap(reasons);
  }
}
