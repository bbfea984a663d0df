package dev.parley.metrics;

import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered.Cause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts signals: those written to their recipients, and those that were not, by cause.
 * Thread-safe.
 */
public final class SignalMetrics {

  /** Stands for the recipient's dialect where there is no recipient. */
  private static final String NO_DIALECT = "none";

  private static final SignalKind[] KINDS = SignalKind.values();

  private final MeterRegistry registry;
  private final Map<Pair, Counter[]> delivered = new ConcurrentHashMap<>();

  private record Pair(String from, String to) {}

  public SignalMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Counters of signals received by sessions of {@code dialect}; look them up once and keep them.
   */
  public Received receivedBy(String dialect) {
    return new Received(dialect);
  }

  /** Counts a signal that was not delivered to any session. */
  public void undelivered(Signal signal, Cause cause) {
    undelivered(signal.dialect(), signal.kind(), cause);
  }

  /** Counts a signal of which only the sender's dialect and the kind are known. */
  public void undelivered(String dialect, SignalKind kind, Cause cause) {
    undelivered(dialect, NO_DIALECT, kind, cause);
  }

  private void undelivered(String from, String to, SignalKind kind, Cause cause) {
    Counter.builder("parley.signals.undelivered")
        .description("Signals that did not reach their recipient, by dialects, kind and cause")
        .tag("from", from)
        .tag("to", to)
        .tag("kind", lower(kind))
        .tag("cause", lower(cause))
        .register(registry)
        .increment();
  }

  private void dropped(Signal signal, String to) {
    Counter.builder("parley.signals.dropped")
        .description("Signals that were dropped to spare their recipient, by dialects and kind")
        .tag("from", signal.dialect())
        .tag("to", to)
        .tag("kind", lower(signal.kind()))
        .register(registry)
        .increment();
  }

  private Counter[] countersOf(Pair pair) {
    return delivered.computeIfAbsent(pair, this::register);
  }

  private Counter[] register(Pair pair) {
    Counter[] counters = new Counter[KINDS.length];
    for (SignalKind kind : KINDS) {
      counters[kind.ordinal()] =
          Counter.builder("parley.signals.delivered")
              .description("Signals written to their recipient's connection, by dialects and kind")
              .tag("from", pair.from)
              .tag("to", pair.to)
              .tag("kind", lower(kind))
              .register(registry);
    }
    return counters;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Counters of what sessions of one dialect receive. */
  public final class Received {

    private final String dialect;
    private final Counter[] fromOwnDialect;
    private final Counter tooManyIds;
    private final Counter forbiddenIds;
    private final Counter forbiddenGroups;

    private Received(String dialect) {
      this.dialect = dialect;
      this.fromOwnDialect = countersOf(new Pair(dialect, dialect));
      this.tooManyIds =
          Counter.builder("parley.ids.refused")
              .description("Claims of ids that were refused because their session made too many in"
                  + " a minute, by dialect")
              .tag("dialect", dialect)
              .register(registry);
      this.forbiddenIds = forbidden("claim");
      this.forbiddenGroups = forbidden("group");
    }

    private Counter forbidden(String request) {
      return Counter.builder("parley.access.forbidden")
          .description("Requests of admitted clients that a policy does not permit, by dialect")
          .tag("dialect", dialect)
          .tag("request", request)
          .register(registry);
    }

    /** Counts a signal that was written to its recipient. */
    public void count(Signal signal) {
      Counter[] counters =
          signal.dialect().equals(dialect) ? fromOwnDialect
              : countersOf(new Pair(signal.dialect(), dialect));
      counters[signal.kind().ordinal()].increment();
    }

    /** Counts a signal that its recipient's session refused to its sender. */
    public void refused(Signal signal, Cause cause) {
      undelivered(signal.dialect(), dialect, signal.kind(), cause);
    }

    /** Counts a signal for which this dialect has no word, dropped without harm. */
    public void dropped(Signal signal) {
      SignalMetrics.this.dropped(signal, dialect);
    }

    /** Counts a claim that was refused, since its session has claimed too many ids. */
    public void tooManyIds() {
      tooManyIds.increment();
    }

    /** Counts a claim of an id that its client may not own. */
    public void forbiddenId() {
      forbiddenIds.increment();
    }

    /** Counts a command about a group in which its client may not take part. */
    public void forbiddenGroup() {
      forbiddenGroups.increment();
    }

    /** Counts a signal that its own session did not send, to spare its recipient. */
    public void withheld(Signal signal, String recipient) {
      SignalMetrics.this.dropped(signal, recipient);
    }
  }
}
