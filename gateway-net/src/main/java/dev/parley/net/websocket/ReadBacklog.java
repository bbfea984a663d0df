package dev.parley.net.websocket;

import java.util.LinkedHashSet;

/**
 * Fair queue of connections of one event loop that have received more frames at once than are read
 * at once. Each is read on by a few frames, round-robin and in slices, and the loop serves
 * everything else between two slices: a burst of some clients does not stall the others. Confined
 * to the event loop.
 */
final class ReadBacklog {

  /**
   * Frames of one connection before the others are served. Honest clients hardly ever send as many.
   */
  private static final int MAX_FRAMES = 16;

  private final LinkedHashSet<WebSocketConnection> connections = new LinkedHashSet<>();
  private final SlicedWork work;
  private int frames;

  ReadBacklog(FlushCycle cycle) {
    this.work = new SlicedWork(cycle, () -> !connections.isEmpty(),
        () -> connections.removeFirst().readUnread());
  }

  /** Starts the quota of a connection. */
  void begin() {
    frames = 0;
  }

  /** One of its frames was read. */
  void frame() {
    frames++;
  }

  /** Whether its quota is used up. */
  boolean isOver() {
    return frames >= MAX_FRAMES;
  }

  /** Queues a connection with unread input. */
  void add(WebSocketConnection connection) {
    connections.add(connection);
    work.begin();
  }
}
