package dev.parley.net.websocket;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that the gate of a realm denies many clients: how many, at most once a minute for each
 * realm. Thread-safe.
 */
final class DenialLog {

  private static final Logger LOG = LoggerFactory.getLogger(DenialLog.class);

  /** Clients with an expired credential come now and then; so many in a minute are worth a line. */
  static final int MANY = 100;

  /** Realms are configured, and few; a dialect that makes them up shares the last entry. */
  private static final int MAX_REALMS = 1_000;
  private static final String OTHERS = "(others)";

  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier clock;
  private final BiConsumer<String, Integer> line;
  private final ConcurrentHashMap<String, Count> counts = new ConcurrentHashMap<>();

  /** Denials since a time, and whether they have been logged. */
  private static final class Count {
    private long since;
    private int denied;
    private boolean logged;

    Count(long now) {
      since = now;
    }

    /** How many there are to be logged; 0 for none. */
    synchronized int add(long now) {
      boolean isOver = now - since >= PAUSE_NANOS;
      if (isOver && denied < MANY) {
        denied = 0;
        since = now;
        logged = false;
      }
      denied++;
      if (denied < MANY || (logged && !isOver)) {
        return 0;
      }
      int all = denied;
      denied = 0;
      since = now;
      logged = true;
      return all;
    }
  }

  DenialLog(LongSupplier clock) {
    this(clock, DenialLog::warn);
  }

  DenialLog(LongSupplier clock, BiConsumer<String, Integer> line) {
    this.clock = clock;
    this.line = line;
  }

  /** Counts a denied client. */
  void add(String realm) {
    String known = counts.containsKey(realm) || counts.size() < MAX_REALMS ? realm : OTHERS;
    long now = clock.getAsLong();
    int denied = counts.computeIfAbsent(known, name -> new Count(now)).add(now);
    if (denied > 0) {
      line.accept(known, denied);
    }
  }

  private static void warn(String realm, int denied) {
    LOG.warn("the gate of a realm denies clients: realm={} denied={};"
        + " parley_handshakes_refused_total has the causes, logging.level=debug the clients",
        realm, denied);
  }
}
