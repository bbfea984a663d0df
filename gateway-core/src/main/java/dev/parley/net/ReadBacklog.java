package dev.parley.net;

import java.util.LinkedHashSet;

/**
 * Connections of one event loop whose clients have sent more at once than is read at once. Each of
 * them is read on by a few frames in turn, in slices, and between two slices the loop does
 * everything else: a burst of some clients is no pause for the others. Event loop only.
 */
final class ReadBacklog {

  /** Of one connection, before the others are served. Honest clients hardly ever send as many. */
  private static final int MAX_FRAMES = 16;

  private final LoopTurn turn;
  private final LinkedHashSet<WebSocketConnection> connections = new LinkedHashSet<>();
  private boolean scheduled;
  private int frames;

  ReadBacklog(LoopTurn turn) {
    this.turn = turn;
  }

  /** A connection is read from now on. */
  void begin() {
    frames = 0;
  }

  /** A frame of it was read. */
  void frame() {
    frames++;
  }

  /** Whether the connection that is read has had its turn. */
  boolean isOver() {
    return frames >= MAX_FRAMES;
  }

  /** A connection has something that was read, and may be looked at. */
  void add(WebSocketConnection connection) {
    connections.add(connection);
    schedule();
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      turn.afterOthers(this::readSome);
    }
  }

  private void readSome() {
    scheduled = false;
    long end = System.nanoTime() + LoopTurn.SLICE_NANOS;
    do {
      connections.removeFirst().readUnread();
    } while (!connections.isEmpty() && System.nanoTime() - end < 0);
    if (!connections.isEmpty()) {
      schedule();
    }
  }
}
