package dev.parley.net;

import dev.parley.net.limits.HeapUse;
import dev.parley.net.limits.LoopDelay;
import dev.parley.net.limits.OverloadLimits;
import dev.parley.net.websocket.FlushCycle;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Load shedding. While an event loop of this node is late, or its memory is short, new connections
 * are refused with an answer. If that is not enough for two seconds, they are closed as soon as
 * they are accepted, and input of connected clients costs more of their rate: the clients that send
 * most wait longest, and normal clients notice nothing.
 *
 * <p>Evaluated at every beat of every loop. Ends after two seconds without a cause. Thread-safe.
 */
public final class Overload {

  /** The weight of a frame or a byte while the node is overloaded. */
  public static final int WEIGHT = 8;

  private static final Logger LOG = LoggerFactory.getLogger(Overload.class);
  private static final long CALM_NANOS = Duration.ofSeconds(2).toNanos();

  private final OverloadLimits limits;
  private final HeapUse heap;
  private final LongSupplier clock;
  private final Collection<LoopDelay> loops = new ConcurrentLinkedQueue<>();
  private final Collection<Future<?>> beats = new ConcurrentLinkedQueue<>();
  private final Counter refused;
  private volatile State state = State.NORMAL;
  private long reasonAt;

  /** Why a node sheds load. */
  public enum Cause {
    /** An event loop is behind its schedule. */
    LOOP_DELAY("event loops are behind their work"),
    /** The heap is nearly full of live objects. */
    MEMORY("memory is short");

    private final String text;

    Cause(String text) {
      this.text = text;
    }

    /** The label in metrics and logs. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether load is shed. */
  private sealed interface State {
    State NORMAL = new Normal();

    record Normal() implements State {}

    record Shedding(Cause cause, long since) implements State {}
  }

  Overload(OverloadLimits limits, MeterRegistry metrics) {
    this(limits, HeapUse.ofThisProcess(), System::nanoTime, metrics);
  }

  Overload(OverloadLimits limits, HeapUse heap, LongSupplier clock, MeterRegistry metrics) {
    this.limits = limits;
    this.heap = heap;
    this.clock = clock;
    this.refused =
        Counter.builder("parley.connections.refused")
            .description("Connections closed when they were accepted, by the limit they met")
            .tag("cause", "overload")
            .register(metrics);
    for (Cause cause : Cause.values()) {
      Gauge.builder("parley.overload", this, self -> self.isShedding(cause) ? 1 : 0)
          .description("1 while the node sheds load, by cause")
          .tag("cause", cause.label())
          .register(metrics);
    }
    Gauge.builder("parley.loop.delay", this, Overload::delaySeconds)
        .description("How late the latest event loop runs its tasks")
        .baseUnit("seconds")
        .register(metrics);
  }

  /** Monitors a loop from now on. */
  void watch(FlushCycle cycle) {
    LoopDelay delay = measure();
    beats.add(cycle.repeat(() -> {
      long now = clock.getAsLong();
      delay.beat(now, cycle.backlogNanos(now));
      judge();
      cycle.weigh(weight());
    }, LoopDelay.PERIOD_NANOS));
  }

  /** Returns a monitored loop; its caller calls {@link LoopDelay#beat} and then {@link #judge}. */
  LoopDelay measure() {
    LoopDelay loop = new LoopDelay(limits.loopDelay(), clock.getAsLong());
    loops.add(loop);
    return loop;
  }

  void close() {
    beats.forEach(beat -> beat.cancel(false));
    beats.clear();
  }

  /** Evaluates all measurements again. */
  synchronized void judge() {
    long now = clock.getAsLong();
    loops.forEach(loop -> loop.look(now));
    Optional<Cause> reason = reason(now);
    if (reason.isPresent()) {
      reasonAt = now;
    }
    switch (state) {
      case State.Normal normal -> reason.ifPresent(cause -> begin(cause, now));
      case State.Shedding shedding -> {
        if (now - reasonAt >= CALM_NANOS) {
          end(shedding, now);
        }
      }
    }
  }

  private Optional<Cause> reason(long now) {
    if (heap.exceeds(limits.memory(), now)) {
      return Optional.of(Cause.MEMORY);
    }
    return loops.stream().anyMatch(loop -> loop.isLate(now))
        ? Optional.of(Cause.LOOP_DELAY)
        : Optional.empty();
  }

  private void begin(Cause cause, long now) {
    state = new State.Shedding(cause, now);
    LOG.warn("overloaded, new connections are refused: cause={} delay={}ms; {} (limits.overload)",
        cause.label(), TimeUnit.NANOSECONDS.toMillis(delayNanos(now)),
        switch (cause) {
          case LOOP_DELAY -> "add nodes or cores, or look for clients that send very much";
          case MEMORY -> "give the JVM more heap, or lower the limits";
        });
  }

  private void end(State.Shedding over, long now) {
    state = State.NORMAL;
    LOG.info("no longer overloaded, new connections are accepted: cause={} lasted={}s",
        over.cause.label(), TimeUnit.NANOSECONDS.toSeconds(now - over.since));
  }

  /** Why load is shed now, in words; empty if it is not. */
  Optional<String> reason() {
    return state instanceof State.Shedding(Cause cause, long since)
        ? Optional.of(cause.text)
        : Optional.empty();
  }

  /** Whether load is shed now. */
  boolean isShedding() {
    return state instanceof State.Shedding;
  }

  /**
   * The weight of a client's frame: more than 1 once refusing new connections was not enough for
   * two seconds.
   */
  int weight() {
    return isLasting() ? WEIGHT : 1;
  }

  /**
   * Whether a client that has just been accepted may proceed to its handshake. Not while an
   * overload lasts: a handshake costs more than serving a client.
   */
  boolean admits() {
    if (!isLasting()) {
      return true;
    }
    refused.increment();
    return false;
  }

  private boolean isLasting() {
    return state instanceof State.Shedding(Cause cause, long since)
        && clock.getAsLong() - since >= CALM_NANOS;
  }

  private boolean isShedding(Cause cause) {
    return state instanceof State.Shedding shedding && shedding.cause == cause;
  }

  private double delaySeconds() {
    return delayNanos(clock.getAsLong()) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  private long delayNanos(long now) {
    return loops.stream().mapToLong(loop -> loop.delayNanos(now)).max().orElse(0);
  }
}
