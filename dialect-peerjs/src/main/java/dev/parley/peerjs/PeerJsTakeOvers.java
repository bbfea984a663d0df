package dev.parley.peerjs;

import dev.parley.dialect.Counters.EventCounter;
import dev.parley.signal.PeerAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exponential back-off for clients that contend for one id: two tabs with the same id and token, or
 * of the same subject, of which each takes the id over as soon as it has lost it. The first {@value #FREE} take-overs in
 * quick succession are granted at once, so a client that reconnects is never delayed. Each further
 * one needs a growing pause since the last: 1 s, 2 s, 4 s, up to 5 minutes. The contention is over
 * when no take-over has come within 10 s after it was possible.
 *
 * <p>Each node counts the take-overs that it has granted itself: contending clients reconnect to
 * the same node, or to each of a few. Any thread.
 */
final class PeerJsTakeOvers {

  private static final Logger LOG = LoggerFactory.getLogger(PeerJsTakeOvers.class);

  private static final int FREE = 3;
  private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
  private static final long MAX_PAUSE = Duration.ofMinutes(5).toNanos();
  private static final int MAX_DOUBLINGS = 20;
  private static final long QUICK = Duration.ofSeconds(10).toNanos();

  /** Ids that are remembered; beyond it, the one with the oldest last take-over is evicted. */
  private static final int MAX_REMEMBERED = 10_000;

  private final EventCounter<PeerJsTakeOverOutcome> counter;
  private final LongSupplier nanoTime;
  private final Map<Contest, History> histories = new LinkedHashMap<>();

  /**
   * The clients with one id that may take it over from each other: others are refused at once,
   * since the id is taken.
   *
   * @param claimant the hash of their token or subject, which is no secret
   */
  private record Contest(PeerAddress address, int claimant) implements Comparable<Contest> {

    @Override
    public int compareTo(Contest that) {
      int order = address.compareTo(that.address);
      return order != 0 ? order : Integer.compare(claimant, that.claimant);
    }
  }

  private record History(int takeOvers, long lastAt) {

    long pause() {
      return takeOvers < FREE ? 0
          : Math.min(FIRST_PAUSE << Math.min(takeOvers - FREE, MAX_DOUBLINGS), MAX_PAUSE);
    }

    boolean isOver(long now) {
      return now - lastAt > pause() + QUICK;
    }
  }

  PeerJsTakeOvers(EventCounter<PeerJsTakeOverOutcome> counter, LongSupplier nanoTime) {
    this.counter = counter;
    this.nanoTime = nanoTime;
  }

  /** How long a client has to wait before it may take the id over; zero if it may now. */
  synchronized Duration pause(PeerAddress address, String claimant) {
    if (histories.isEmpty()) {
      return Duration.ZERO;
    }
    History last = histories.get(new Contest(address, claimant.hashCode()));
    return last == null ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, last.pause() - (nanoTime.getAsLong() - last.lastAt)));
  }

  /** Counts a client that has to wait. */
  void delayed() {
    counter.count(PeerJsTakeOverOutcome.DELAYED);
  }

  /** Notes that a client has taken the id over. */
  synchronized void granted(PeerAddress address, String claimant) {
    counter.count(PeerJsTakeOverOutcome.GRANTED);
    long now = nanoTime.getAsLong();
    Contest contest = new Contest(address, claimant.hashCode());
    History last = histories.remove(contest);
    History next = new History(last == null || last.isOver(now) ? 1 : last.takeOvers + 1, now);
    histories.put(contest, next);
    forget(now);
    if (next.takeOvers == FREE) {
      LOG.info(
          "clients fight for an id, take-overs are slowed down: realm={} peer={} takeOvers={}"
              + " (several clients use one id with one token or as one subject; give each its own"
              + " id)",
          address.realm(), address.id(), next.takeOvers);
    }
  }

  private void forget(long now) {
    Iterator<History> eldest = histories.values().iterator();
    while (eldest.hasNext()) {
      if (!eldest.next().isOver(now) && histories.size() <= MAX_REMEMBERED) {
        return;
      }
      eldest.remove();
    }
  }

  /** How many ids are remembered. */
  synchronized int remembered() {
    return histories.size();
  }
}
