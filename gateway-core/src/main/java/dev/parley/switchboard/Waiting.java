package dev.parley.switchboard;

import dev.parley.dialect.CloseReason;
import dev.parley.signal.Bytes;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What has come from a client while it had to wait: its messages and, last, the end of its
 * connection, in order. Reading is paused meanwhile, so that hardly anything more gets here; it is
 * bounded all the same.
 */
final class Waiting {

  private static final int MAX_MESSAGES = 1024;

  /** What a message holds beside its bytes: headers of objects, its place in the queue. */
  private static final int OVERHEAD = 80;

  private final ArrayDeque<Event> events = new ArrayDeque<>(4);

  /** Something that happened to the connection. */
  sealed interface Event {
    record Message(Bytes bytes, boolean binary) implements Event {}

    record Closed(CloseReason reason) implements Event {}

    /** The client wants to leave; {@code then} answers it. */
    record Leaving(Runnable then) implements Event {}
  }

  /** What a message that waits holds, in bytes. */
  static long weightOf(Bytes bytes) {
    return (long) OVERHEAD + bytes.length();
  }

  /** Keeps a message; false if there are too many. */
  boolean keep(Bytes bytes, boolean binary) {
    return events.size() < MAX_MESSAGES
        && events.add(new Event.Message(bytes.detached(), binary));
  }

  /** Keeps the end. */
  void keepEnd(CloseReason reason) {
    events.add(new Event.Closed(reason));
  }

  /** Keeps that the client wants to leave. */
  void keepLeaving(Runnable then) {
    events.add(new Event.Leaving(then));
  }

  /** Drops all messages; how many bytes they held. */
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
