package dev.parley.net;

import dev.parley.dialect.CloseReason;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What the connections of one event loop have sent and the node keeps, because it is not complete
 * or may not be handled yet: unfinished messages, reads behind a pause, messages that wait for an
 * answer. All of it together is bounded. When there is too much, connections are closed ({@link
 * CloseReason#INPUT_FULL}) until there is not: those that hold much before those that hold little,
 * and of these the one that has held it longest. So what a client holds for long or in quantity
 * costs its own connection, and a message that is on its way in several reads is not the first to
 * go, even when other clients fill the rest.
 *
 * <p>Event loop only, but for {@link #bytes}.
 */
final class HeldInput {

  /** Signals are smaller; a connection that holds more is closed before one that does not. */
  private static final int MUCH = 16 * 1024;

  private final LongSupplier bound;
  private final Set<WebSocketConnection> much = new LinkedHashSet<>();
  private final Set<WebSocketConnection> little = new LinkedHashSet<>();
  /** Written by the event loop alone. */
  private volatile long bytes;

  /**
   * @param bound the most bytes that the connections of this loop may hold together
   */
  HeldInput(LongSupplier bound) {
    this.bound = bound;
  }

  /** How much is held. Any thread. */
  long bytes() {
    return bytes;
  }

  /** A connection that held {@code before} bytes holds {@code after} now; may close any. */
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes it
  void changed(WebSocketConnection connection, long before, long after) {
    bytes = bytes + after - before;
    if (before > MUCH != after > MUCH || before == 0 || after == 0) {
      setOf(before).remove(connection);
      if (after > 0) {
        setOf(after).add(connection);
      }
    }
    if (after > before) {
      holdToBound();
    }
  }

  private Set<WebSocketConnection> setOf(long held) {
    return held > MUCH ? much : little;
  }

  private void holdToBound() {
    while (bytes > bound.getAsLong() && !(much.isEmpty() && little.isEmpty())) {
      Set<WebSocketConnection> from = much.isEmpty() ? little : much;
      WebSocketConnection first = from.iterator().next();
      first.giveUpInput();
      // Whatever it did: what was looked at once is not looked at again.
      from.remove(first);
    }
  }
}
