package dev.parley.net.websocket;

import dev.parley.dialect.CloseReason;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Bounds the input that the node retains for the connections of one event loop, because it is
 * incomplete or must wait: unfinished messages, reads behind a pause, messages that wait for an
 * answer. Above the bound, connections are closed ({@link CloseReason#INPUT_FULL}) until the rest
 * fits: those that hold much before those that hold little, and of these the one that has held it
 * longest. So retaining input, in time or quantity, costs a client its own connection. A message
 * that arrives in several reads is not evicted first, even when other clients fill the rest.
 *
 * <p>Confined to the event loop, except {@link #bytes}.
 */
public final class HeldInput {

  /** Signals are smaller; connections that hold more are closed first. */
  private static final int MUCH = 16 * 1024;

  private final LongSupplier bound;
  private final Set<WebSocketConnection> much = new LinkedHashSet<>();
  private final Set<WebSocketConnection> little = new LinkedHashSet<>();
  /** Written by the event loop only. */
  private volatile long bytes;

  /** @param bound the most bytes for all connections of this loop */
  HeldInput(LongSupplier bound) {
    this.bound = bound;
  }

  /** The retained bytes. Thread-safe. */
  public long bytes() {
    return bytes;
  }

  /** A connection that held {@code before} bytes holds {@code after} now; may close any. */
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // written by one thread
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
      // Whatever it did: each connection is tried only once.
      from.remove(first);
    }
  }
}
