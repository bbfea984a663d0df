package dev.parley.metrics;

import dev.parley.group.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts commands that limits of groups have affected. Thread-safe. */
public final class GroupMetrics {

  private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);
  private final Counter evicted;

  public GroupMetrics(MeterRegistry registry) {
    for (Refusal each : Refusal.values()) {
      if (each.isLimit() || each == Refusal.UNAVAILABLE) {
        refused.put(each, Counter.builder("parley.groups.refused")
            .description("Commands of groups that were refused because of a limit, by cause")
            .tag("cause", each.name().toLowerCase(Locale.ROOT))
            .register(registry));
      }
    }
    this.evicted =
        Counter.builder("parley.groups.evicted")
            .description("Empty rooms that were evicted before their deadline, because their realm"
                + " was full")
            .register(registry);
  }

  /** A command was refused because of a limit. */
  public void refused(Refusal cause) {
    Counter counter = refused.get(cause);
    if (counter != null) {
      counter.increment();
    }
  }

  /** An empty room was evicted before its deadline. */
  public void evicted() {
    evicted.increment();
  }
}
