package dev.parley.net.websocket;

import dev.parley.net.limits.Limits;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The connections of one event loop, with a shared liveness check instead of a timer each. Each
 * connection is checked about once a second (more often if configured times are short), a tenth of
 * them at a time, so that the checks of very many never take long at once. Confined to the event
 * loop.
 */
public final class ConnectionTable {

  private static final int SLICES = 10;
  private static final long MAX_SLICE_MILLIS = 100;

  private final List<WebSocketConnection> connections = new ArrayList<>();
  private final EventLoop eventLoop;
  private final long sliceMillis;
  private boolean running;
  private int cursor;

  ConnectionTable(EventLoop eventLoop, Limits limits) {
    this.eventLoop = eventLoop;
    long shortest =
        Math.min(
            Math.min(limits.messageTime().toMillis(), limits.stall().toMillis()),
            Math.min(limits.ping().toMillis(), limits.pong().toMillis()));
    this.sliceMillis = Math.clamp(shortest / (2 * SLICES), 1, MAX_SLICE_MILLIS);
  }

  void add(WebSocketConnection connection) {
    connection.position = connections.size();
    connections.add(connection);
    if (!running) {
      running = true;
      scheduleNextSlice();
    }
  }

  void remove(WebSocketConnection connection) {
    int position = connection.position;
    if (position < 0) {
      return;
    }
    WebSocketConnection last = connections.removeLast();
    if (last != connection) {
      connections.set(position, last);
      last.position = position;
    }
    connection.position = -1;
  }

  int size() {
    return connections.size();
  }

  /** Calls {@code action} for every current connection; the action may remove any. */
  public void forEach(Consumer<WebSocketConnection> action) {
    List.copyOf(connections).forEach(action);
  }

  private void lookAfterSome() {
    if (connections.isEmpty()) {
      running = false;
      return;
    }
    scheduleNextSlice();
    long now = System.nanoTime();
    int slice = connections.size() / SLICES + 1;
    for (int i = 0; i < slice && !connections.isEmpty(); i++) {
      if (cursor >= connections.size()) {
        cursor = 0;
      }
      lookAfter(connections.get(cursor++), now);
    }
  }

  /** A failure closes only the connection that is checked. */
  private static void lookAfter(WebSocketConnection connection, long now) {
    try {
      connection.lookAfter(now);
    } catch (RuntimeException | Error failure) {
      connection.failed(failure);
    }
  }

  private void scheduleNextSlice() {
    var unused = eventLoop.schedule(this::lookAfterSome, sliceMillis, TimeUnit.MILLISECONDS);
  }
}
