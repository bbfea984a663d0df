package dev.parley.net;

import dev.parley.dialect.CloseReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the connections of one dialect: those that are open, and why the others ended. Any thread. */
final class ConnectionMetrics {

  private final Map<CloseReason, Counter> closed = new EnumMap<>(CloseReason.class);
  private final Counter opened;
  private final AtomicInteger open;

  ConnectionMetrics(MeterRegistry registry, String dialect) {
    this.open = registry.gauge("parley.connections.open", Tags.of("dialect", dialect), new AtomicInteger());
    this.opened = Counter.builder("parley.connections.opened").description("WebSocket connections opened").tag("dialect", dialect).register(registry);
    for (CloseReason reason : CloseReason.values()) {
      closed.put(
          reason,
          Counter.builder("parley.connections.closed")
              .description("WebSocket connections that ended, by reason")
              .tag("dialect", dialect)
              .tag("reason", reason.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  void countOpen() {
    open.incrementAndGet();
    opened.increment();
  }

  void count(CloseReason reason) {
    open.decrementAndGet();
    closed.get(reason).increment();
  }
}
