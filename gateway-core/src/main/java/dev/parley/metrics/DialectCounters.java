package dev.parley.metrics;

import dev.parley.dialect.Counters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Registers the counters of dialects in a meter registry. Thread-safe. */
public final class DialectCounters implements Counters {

  private final MeterRegistry registry;

  public DialectCounters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public <E extends Enum<E>> EventCounter<E> of(
      String name, String description, String label, Class<E> values) {
    Map<E, Counter> counters = new EnumMap<>(values);
    for (E value : values.getEnumConstants()) {
      counters.put(
          value,
          Counter.builder("parley." + name)
              .description(description)
              .tag(label, value.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    return event -> {
      Counter counter = counters.get(event);
      if (counter != null) {
        counter.increment();
      }
    };
  }
}
