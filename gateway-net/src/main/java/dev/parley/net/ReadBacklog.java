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

  private final LinkedHashSet<WebSocketConnection> connections = new LinkedHashSet<>();
  private final SlicedWork work;
  private int frames;

  ReadBacklog(LoopTurn turn) {
    this.work = new SlicedWork(turn, () -> !connections.isEmpty(),
        () -> connections.removeFirst().readUnread());
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
    work.begin();
  }
}
