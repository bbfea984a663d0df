package dev.parley.net.websocket;

import dev.parley.signal.Delivery;
import dev.parley.signal.GroupDelivery;
import dev.parley.switchboard.GroupsInFlight;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Queues of deliveries for the sessions of one event loop, until the loop takes them. Deliveries of
 * groups, of which a single command may cause thousands, have a queue of their own, so that signals
 * do not wait behind them.
 *
 * <p>The order for one session is kept:
 *
 * <ul>
 *   <li>While a delivery of groups is in that queue, later deliveries for the same session are
 *       queued behind it ({@link GroupsInFlight}).
 *   <li>Earlier deliveries are taken first: {@link #openGroups} ends the current batch of groups
 *       with a marker, and appends another marker to the other queue. When that one is reached, the
 *       batch may be taken. So a steady stream of signals cannot starve groups either.
 *   <li>A delivery of this loop may be the consequence of one from another loop, as a departure is
 *       of the peer's end; so it is queued behind those.
 * </ul>
 *
 * @param <P> the recipient of deliveries
 */
final class DeliveryIntake<P extends GroupsInFlight> {

  /** So many deliveries of this loop wait in the order in which they come, of whatever kind. */
  static final int FEW = 64;

  private final ArrayDeque<Item<P>> fromHere = new ArrayDeque<>();
  private final Queue<Entry<P>> fromElsewhere = new ConcurrentLinkedQueue<>();
  private final Queue<Entry<P>> groups = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicBoolean wokenForGroups = new AtomicBoolean();
  private final Mark<P> mark = new Mark<>();
  /** Whether a batch of groups is closed, since when, and whether it may be taken. */
  private boolean isClosed;
  private long closedAt;
  private boolean mayBeTaken;

  private sealed interface Entry<P> {}

  /** A delivery, and whom it is for. */
  record Item<P>(P host, Delivery delivery) implements Entry<P> {}

  private record Mark<P>() implements Entry<P> {}

  // ---- what comes

  /**
   * Adds a delivery. Any thread but the loop's own.
   *
   * @return whether the loop has to be woken
   */
  boolean addFromElsewhere(P host, Delivery delivery) {
    if (delivery instanceof GroupDelivery || host.areQueued()) {
      addToGroups(host, delivery);
      return wake(wokenForGroups);
    }
    fromElsewhere.add(new Item<>(host, delivery));
    return wake(woken);
  }

  // Looked at first: even in vain, to set it takes its cache line away from the other cores.
  private static boolean wake(AtomicBoolean woken) {
    return !woken.get() && woken.compareAndSet(false, true);
  }

  /** Adds a delivery. Event loop only. */
  void addFromHere(P host, Delivery delivery) {
    boolean isFirst = fromElsewhere.isEmpty();
    if (host.areQueued()
        || (delivery instanceof GroupDelivery && (!isFirst || fromHere.size() >= FEW))) {
      addToGroups(host, delivery);
    } else if (isFirst) {
      fromHere.add(new Item<>(host, delivery));
    } else {
      fromElsewhere.add(new Item<>(host, delivery));
    }
  }

  private void addToGroups(P host, Delivery delivery) {
    host.queued();
    groups.add(new Item<>(host, delivery));
  }

  // ---- what the loop takes; event loop only

  /** The loop is awake: what comes from now on has to wake it again. */
  void awake() {
    woken.set(false);
  }

  /** What is to be handled next; null if nothing waits but groups. */
  @Nullable
  Item<P> next() {
    Item<P> item = fromHere.poll();
    while (item == null) {
      switch (fromElsewhere.poll()) {
        case null -> {
          return null;
        }
        case Mark<P> passed -> mayBeTaken = true;
        case Item<P> next -> item = next;
      }
    }
    return item;
  }

  /**
   * What groups have said until now is to be taken next, after all else that has come until now.
   * To be called before {@link #next}.
   */
  void openGroups() {
    wokenForGroups.set(false);
    if (isClosed || groups.isEmpty()) {
      return;
    }
    isClosed = true;
    closedAt = System.nanoTime();
    groups.add(mark);
    if (fromHere.isEmpty() && fromElsewhere.isEmpty()) {
      mayBeTaken = true;
    } else {
      fromElsewhere.add(mark);
    }
  }

  /** What groups have said next; null if there is no more for now, or others come first. */
  @Nullable
  Item<P> nextOfGroups() {
    if (!mayBeTaken) {
      return null;
    }
    return switch (groups.poll()) {
      case Item<P> item -> {
        item.host().taken();
        yield item;
      }
      case Mark<P> end -> endOfBatch();
      case null -> endOfBatch();
    };
  }

  private @Nullable Item<P> endOfBatch() {
    isClosed = false;
    mayBeTaken = false;
    return null;
  }

  boolean isEmpty() {
    return fromHere.isEmpty() && fromElsewhere.isEmpty() && groups.isEmpty();
  }

  /** How long what groups have said has waited here, at least. */
  long delayNanos(long now) {
    return isClosed ? now - closedAt : 0;
  }
}
