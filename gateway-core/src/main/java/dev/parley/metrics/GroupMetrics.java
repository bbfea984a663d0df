package dev.parley.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts where limits of groups have held. Any thread. */
public final class GroupMetrics {

  private final MeterRegistry registry;
  private final Counter evicted;

  public GroupMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.evicted =
        Counter.builder("parley.groups.evicted")
            .description("Empty rooms that were removed before their time, because their realm had"
                + " no room for others")
            .register(registry);
  }

  /** A command was refused because of a limit. */
  public void refused(Enum<?> cause) {
    Counter.builder("parley.groups.refused")
        .description("Commands of groups that were refused because of a limit, by cause")
        .tag("cause", cause.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
  }

  /** An empty room was removed before its time. */
  public void evicted() {
    evicted.increment();
  }
}
