package dev.parley.switchboard;

import dev.parley.dialect.CloseReason;
import dev.parley.signal.Bytes;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Pending events of a client: queued messages and, last, the end of its connection, in order.
 * Reading is paused meanwhile, so the queue hardly grows; it is bounded all the same.
 */
final class PendingEvents {

  private static final int MAX_MESSAGES = 1024;

  /** The overhead of a queued message: object headers and its queue entry. */
  private static final int OVERHEAD = 80;

  private final ArrayDeque<Event> events = new ArrayDeque<>(4);

  /** An event of the connection. */
  sealed interface Event {
    record Message(Bytes bytes, boolean binary) implements Event {}

    record Closed(CloseReason reason) implements Event {}

    /** The client wants to leave; {@code then} answers it. */
    record Leaving(Runnable then) implements Event {}
  }

  /** The memory of a queued message, in bytes. */
  static long weightOf(Bytes bytes) {
    return (long) OVERHEAD + bytes.length();
  }

  /** Queues a message; false if the queue is full. */
  boolean keep(Bytes bytes, boolean binary) {
    return events.size() < MAX_MESSAGES
        && events.add(new Event.Message(bytes.detached(), binary));
  }

  /** Queues the end of the connection. */
  void keepEnd(CloseReason reason) {
    events.add(new Event.Closed(reason));
  }

  /** Queues a request to leave. */
  void keepLeaving(Runnable then) {
    events.add(new Event.Leaving(then));
  }

  /** Drops all messages; returns the bytes they held. */
  long dropMessages() {
    long bytes = 0;
    for (Iterator<Event> each = events.iterator(); each.hasNext();) {
      if (each.next() instanceof Event.Message message) {
        bytes += weightOf(message.bytes());
        each.remove();
      }
    }
    return bytes;
  }

  @Nullable
  Event next() {
    return events.poll();
  }
}
