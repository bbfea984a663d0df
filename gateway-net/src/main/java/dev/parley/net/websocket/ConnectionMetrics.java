package dev.parley.net.websocket;

import dev.parley.dialect.CloseReason;
import dev.parley.net.limits.Throttle;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Metrics of the connections of one dialect: open ones, and closed ones by reason. Thread-safe. */
public final class ConnectionMetrics {

  private final Map<CloseReason, Counter> closed = new ConcurrentHashMap<>();
  private final Map<Throttle, Counter> throttled = new EnumMap<>(Throttle.class);
  private final MeterRegistry registry;
  private final String dialect;
  private final Counter opened;
  private final AtomicInteger open = new AtomicInteger();

  public ConnectionMetrics(MeterRegistry registry, String dialect) {
    this.registry = registry;
    this.dialect = dialect;
    this.opened =
        Counter.builder("parley.connections.opened")
            .description("WebSocket connections opened")
            .tag("dialect", dialect)
            .register(registry);
    Gauge.builder("parley.connections.open", open, AtomicInteger::get)
        .description("WebSocket connections that are open")
        .tag("dialect", dialect)
        .strongReference(true)
        .register(registry);
    for (Throttle cause : Throttle.values()) {
      throttled.put(cause,
          Counter.builder("parley.connections.throttled")
              .description("Pauses in reading from clients that exceed their rate")
              .tag("dialect", dialect)
              .tag("cause", cause.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  public void countOpen() {
    open.incrementAndGet();
    opened.increment();
  }

  void count(Throttle cause) {
    Counter counter = throttled.get(cause);
    if (counter != null) {
      counter.increment();
    }
  }

  void count(CloseReason reason) {
    open.decrementAndGet();
    closed.computeIfAbsent(reason, this::register).increment();
  }

  private Counter register(CloseReason reason) {
    return Counter.builder("parley.connections.closed")
        .description("WebSocket connections that ended, by reason")
        .tag("dialect", dialect)
        .tag("reason", reason.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }
}
