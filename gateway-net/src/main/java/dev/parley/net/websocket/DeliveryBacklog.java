package dev.parley.net.websocket;

import dev.parley.group.GroupEvent;
import dev.parley.signal.Delivery;
import dev.parley.signal.GroupDelivery;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.function.BooleanSupplier;

/**
 * Fair queue of group deliveries on one event loop. A single command may cause thousands of them,
 * so they are handled round-robin over the session hosts, in slices, and the loop serves everything
 * else between two slices. So signals do not wait for a full room, nor a small room for a large
 * one.
 *
 * <p>A session host gets its deliveries in order: while some of its own wait here, later ones wait
 * behind them, signals too. A status that a queued later one supersedes is left out.
 *
 * <p>Confined to the event loop.
 *
 * @param <P> session hosts
 */
final class DeliveryBacklog<P> {

  /** Deliveries to one session host before the next one is served; they share one write. */
  private static final int AT_ONCE = 8;

  private final IdentityHashMap<P, Queue<P>> queues = new IdentityHashMap<>();
  private final ArrayDeque<Queue<P>> cycles = new ArrayDeque<>();

  /** Total deliveries ever added, and ever handled. */
  private long added;
  private long handled;
  /** A sample of the total added, and its time: bounds the age of the oldest queued delivery. */
  private long mark;
  private long markedAt;

  private record Queue<P>(P host, ArrayDeque<Delivery> deliveries) {}

  /** Handles one delivery. */
  interface Handler<P> {
    void handle(P host, Delivery delivery);
  }

  /** Queues a delivery that has to wait; false if it may be handled at once. */
  boolean takes(P host, Delivery delivery) {
    if (!(delivery instanceof GroupDelivery) && (isEmpty() || !queues.containsKey(host))) {
      return false;
    }
    Queue<P> queue = queues.get(host);
    if (queue == null) {
      queue = new Queue<>(host, new ArrayDeque<>(2));
      queues.put(host, queue);
      cycles.add(queue);
    }
    if (delivery instanceof GroupEvent now
        && queue.deliveries.peekLast() instanceof GroupEvent last && now.outdates(last)) {
      queue.deliveries.removeLast();
      handled++;
    }
    queue.deliveries.add(delivery);
    added++;
    return true;
  }

  boolean isEmpty() {
    return cycles.isEmpty();
  }

  /** Handles queued deliveries until there are none or the slice is over. */
  void handOver(Handler<P> handler, BooleanSupplier sliceIsOver) {
    while (!isEmpty() && !sliceIsOver.getAsBoolean()) {
      Queue<P> queue = cycles.remove();
      for (int i = 0; i < AT_ONCE && !queue.deliveries.isEmpty(); i++) {
        handled++;
        handler.handle(queue.host, queue.deliveries.remove());
      }
      if (queue.deliveries.isEmpty()) {
        queues.remove(queue.host);
      } else {
        cycles.add(queue);
      }
    }
  }

  /**
   * A lower bound of the time that the oldest delivery has waited: it counts from the last call
   * that found everything handled which the one before had marked. The more often it is called, the
   * closer it is.
   */
  long delayNanos(long now) {
    if (handled - mark >= 0) {
      mark = added;
      markedAt = now;
    }
    return isEmpty() ? 0 : now - markedAt;
  }
}
