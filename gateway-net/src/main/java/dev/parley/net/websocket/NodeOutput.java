package dev.parley.net.websocket;

import dev.parley.config.ByteSize;
import dev.parley.net.limits.Limits;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.internal.PlatformDependent;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts for the output queued for all clients of this node, and bounds it. Above the total
 * bound, it closes the connections that would take longest to read their queues: first those that
 * read nothing, among them the ones with the largest queues. Thread-safe.
 */
public final class NodeOutput {

  private static final Logger LOG = LoggerFactory.getLogger(NodeOutput.class);

  /** Between two evictions; the memory of the first must be released before the next. */
  private static final long RELIEF_PAUSE = Duration.ofMillis(100).toNanos();

  /**
   * The share of the buffer memory that queued output may fill: buffers are up to twice as large as
   * their content, and as much is needed for reads and writes in progress.
   */
  private static final int SHARE = 4;

  private static final long LOG_PAUSE = Duration.ofSeconds(10).toNanos();

  private final long mark;
  private final long most;
  private final long excess;
  private final long inAll;
  private final long stall;
  private final Limits limits;

  private final AtomicLong bytes = new AtomicLong();
  private final Set<PendingOutput> pending = ConcurrentHashMap.newKeySet();
  private final Map<Cause, Counter> closed = new EnumMap<>(Cause.class);
  private final Map<Cause, AtomicLong> loggedAt = new EnumMap<>(Cause.class);
  private final AtomicLong relievedAt;
  private final AtomicBoolean exceeded = new AtomicBoolean();

  /** Why a connection was closed because of its queued output. */
  public enum Cause {
    /**
     * More than {@code limits.outbound} was queued, and nothing was read for {@code limits.stall}.
     */
    STALLED,
    /** Far more than that was queued, although some was read. */
    EXCESS,
    /** More than {@code limits.outboundInAll} was queued for all. */
    IN_ALL,
    /** Memory for its output was exhausted. */
    NO_MEMORY
  }

  /** Uses the JVM's limit of off-heap memory. */
  public NodeOutput(Limits limits, MeterRegistry metrics) {
    this(limits, metrics, PlatformDependent.maxDirectMemory());
  }

  public NodeOutput(Limits limits, MeterRegistry metrics, long memory) {
    this.limits = limits;
    this.most = limits.outbound().bytes();
    this.mark = most / 2;
    this.excess = Limits.EXCESS * most;
    this.inAll = Math.min(limits.outboundInAll().bytes(), memory / SHARE);
    if (inAll < limits.outboundInAll().bytes()) {
      LOG.warn(
          "limits.outboundInAll is more than this JVM has memory for: limit={} used={}; give it"
              + " more (-XX:MaxDirectMemorySize, or -Xmx, which it follows), or lower the limit",
          limits.outboundInAll(), new ByteSize(inAll));
    }
    this.stall = limits.stall().toNanos();
    long now = System.nanoTime();
    this.relievedAt = new AtomicLong(now - RELIEF_PAUSE);
    for (Cause cause : Cause.values()) {
      closed.put(cause,
          Counter.builder("parley.output.closed")
              .description("Connections closed because of their queued output")
              .tag("cause", cause.name().toLowerCase(Locale.ROOT))
              .register(metrics));
      loggedAt.put(cause, new AtomicLong(now - LOG_PAUSE));
    }
    Gauge.builder("parley.output.waiting", bytes, AtomicLong::doubleValue)
        .description("Bytes of output queued for slow consumers")
        .baseUnit("bytes")
        .strongReference(true)
        .register(metrics);
  }

  /** The queue size above which signals are refused to their senders. */
  long mark() {
    return mark;
  }

  /** The bound for a client that reads nothing. */
  long most() {
    return most;
  }

  /** The bound for a client that reads. */
  long excess() {
    return excess;
  }

  /** How long a client may read nothing, in nanoseconds. */
  long stall() {
    return stall;
  }

  /** Whether the total bound is exceeded. */
  boolean isExceeded() {
    return bytes.get() > inAll;
  }

  /** So much is queued for a client now. Called on the event loop of its connection. */
  void count(PendingOutput each, long waiting) {
    long change = waiting - each.counted();
    if (change == 0) {
      return;
    }
    if (each.counted() == 0) {
      pending.add(each);
    }
    each.setCounted(waiting);
    if (waiting == 0) {
      pending.remove(each);
    }
    long now = bytes.addAndGet(change);
    if (now > inAll) {
      if (exceeded.compareAndSet(false, true)) {
        LOG.warn(
            "output of all clients is at its bound, the slowest are closed: pending={} limit={}"
                + " (limits.outboundInAll); see whether the network or very many clients are slow",
            new ByteSize(now), new ByteSize(inAll));
      }
      relieve(target());
    } else if (exceeded.get() && now <= target()) {
      exceeded.set(false);
    }
  }

  /** Hysteresis: low enough that the next byte does not trigger another eviction. */
  private long target() {
    return inAll - inAll / 8;
  }

  /** Closes the slowest connections until no more than {@code target} is queued. */
  private void relieve(long target) {
    long now = System.nanoTime();
    long last = relievedAt.get();
    if (now - last < RELIEF_PAUSE || !relievedAt.compareAndSet(last, now)) {
      return;
    }
    List<Ranked> slowestFirst =
        pending.stream()
            .map(each -> new Ranked(each, each.secondsLeft(), each.counted()))
            .sorted(Comparator.comparingDouble(Ranked::secondsLeft).reversed()
                .thenComparing(Comparator.comparingLong(Ranked::waiting).reversed()))
            .toList();
    long tooMuch = bytes.get() - target;
    for (Ranked each : slowestFirst) {
      if (tooMuch <= 0) {
        return;
      }
      tooMuch -= each.waiting;
      each.output.connection().cut(Cause.IN_ALL);
    }
  }

  /** A snapshot for sorting, since the values change concurrently. */
  private record Ranked(PendingOutput output, double secondsLeft, long waiting) {}

  /** A connection was closed; logged at a limited rate. */
  void closed(Cause cause, WebSocketConnection.Client client, long waiting) {
    Counter counter = closed.get(cause);
    AtomicLong logged = loggedAt.get(cause);
    if (counter == null || logged == null) {
      throw new IllegalStateException();
    }
    counter.increment();
    long now = System.nanoTime();
    long last = logged.get();
    boolean isLogged = now - last >= LOG_PAUSE && logged.compareAndSet(last, now);
    if (cause == Cause.NO_MEMORY) {
      // The connections that hold the memory release it, not only the one that happened to need
      // some.
      relieve(bytes.get() / 2);
      if (isLogged) {
        LOG.error(
            "no memory to write to a client, it is closed: connection={} dialect={} closedSoFar={};"
                + " give the JVM more (-Xmx, -XX:MaxDirectMemorySize), or lower"
                + " limits.outboundInAll",
            client.id(), client.dialect(), (long) counter.count());
      }
    } else if (isLogged) {
      LOG.info(
          "slow consumer closed: connection={} dialect={} cause={} pending={} limit={}"
              + " closedSoFar={} (limits.outbound, limits.stall)",
          client.id(), client.dialect(), cause.name().toLowerCase(Locale.ROOT),
          new ByteSize(waiting), limits.outbound(), (long) counter.count());
    }
  }
}
