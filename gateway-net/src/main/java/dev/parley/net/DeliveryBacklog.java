package dev.parley.net;

import dev.parley.group.GroupEvent;
import dev.parley.signal.Delivery;
import dev.parley.signal.GroupDelivery;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.function.BooleanSupplier;

/**
 * Deliveries of groups on one event loop, of which a single command may cause thousands: they are
 * handed over a few for each participant in turn, in slices, and between two slices the loop does
 * everything else. So who sends signals does not wait for a full room, and who is in a small room
 * not for the members of a large one.
 *
 * <p>A participant gets its deliveries in the order in which they came, all of them: while some of
 * it wait here, the others that come for it wait behind them, signals too. But a status that is
 * out of date before its turn has come is left out.
 *
 * <p>Event loop only.
 *
 * @param <P> participants
 */
final class DeliveryBacklog<P> {

  /** What a participant is given before it is the next one's turn: that goes into one write. */
  private static final int AT_ONCE = 8;

  private final IdentityHashMap<P, Queue<P>> queues = new IdentityHashMap<>();
  private final ArrayDeque<Queue<P>> turns = new ArrayDeque<>();

  /** Counted without end: what was added, and what was handed over. */
  private long added;
  private long handled;
  /** What had been added at some time, and when that was: how old is the oldest that waits? */
  private long mark;
  private long markedAt;

  private record Queue<P>(P participant, ArrayDeque<Delivery> deliveries) {}

  /** Hands over one delivery. */
  interface Handler<P> {
    void handle(P participant, Delivery delivery);
  }

  /** Takes a delivery if it has to wait here; otherwise it may be handed over at once. */
  boolean takes(P participant, Delivery delivery) {
    if (!(delivery instanceof GroupDelivery) && (isEmpty() || !queues.containsKey(participant))) {
      return false;
    }
    Queue<P> queue = queues.get(participant);
    if (queue == null) {
      queue = new Queue<>(participant, new ArrayDeque<>(2));
      queues.put(participant, queue);
      turns.add(queue);
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
    return turns.isEmpty();
  }

  /** Hands over what waits, until nothing does or the slice is over. */
  void handOver(Handler<P> handler, BooleanSupplier sliceIsOver) {
    while (!isEmpty() && !sliceIsOver.getAsBoolean()) {
      Queue<P> queue = turns.remove();
      for (int i = 0; i < AT_ONCE && !queue.deliveries.isEmpty(); i++) {
        handled++;
        handler.handle(queue.participant, queue.deliveries.remove());
      }
      if (queue.deliveries.isEmpty()) {
        queues.remove(queue.participant);
      } else {
        turns.add(queue);
      }
    }
  }

  /**
   * How long something has waited here, as far as that is known from the calls before: at least so
   * long, and no longer than until the call before that. Called now and then, the oftener the more
   * exactly.
   */
  long delayNanos(long now) {
    if (handled - mark >= 0) {
      mark = added;
      markedAt = now;
    }
    return isEmpty() ? 0 : now - markedAt;
  }
}
