package dev.parley.switchboard;

import dev.parley.config.ByteSize;
import dev.parley.dialect.Reserve;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** The shared budget behind the {@link Reserve}s of all sessions of a node. Thread-safe. */
public final class HeldSignals {

  private final long most;
  private final AtomicLong bytes = new AtomicLong();
  private final Counter refused;

  /** @param most the most that all sessions may take together */
  public HeldSignals(ByteSize most, MeterRegistry metrics) {
    this.most = most.bytes();
    this.refused =
        Counter.builder("parley.signals.held.refused")
            .description("Signals that sessions could not hold because of limits.held")
            .register(metrics);
    Gauge.builder("parley.signals.held", bytes, AtomicLong::doubleValue)
        .description("Bytes of signals that sessions hold until their clients can take them")
        .baseUnit("bytes")
        .strongReference(true)
        .register(metrics);
  }

  boolean take(long more) {
    if (bytes.addAndGet(more) <= most) {
      return true;
    }
    bytes.addAndGet(-more);
    refused.increment();
    return false;
  }

  void giveBack(long less) {
    bytes.addAndGet(-less);
  }
}
