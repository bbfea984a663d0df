package dev.parley.policies.support;

import dev.parley.dialect.Counters;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts events, for tests to look at. Thread-safe. */
public final class CountedEvents implements Counters {

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  @Override
  public <E extends Enum<E>> EventCounter<E> of(
      String name, String description, String label, Class<E> values) {
    return value -> counts.computeIfAbsent(
        name + " " + value.name().toLowerCase(Locale.ROOT), key -> new LongAdder()).increment();
  }

  /** How often an event of a metric was counted. */
  public long of(String name, String value) {
    LongAdder count = counts.get(name + " " + value);
    return count == null ? 0 : count.sum();
  }
}
