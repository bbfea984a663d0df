package dev.parley.net;

import java.util.concurrent.TimeUnit;

/**
 * What waits to be written to one client that does not take it at once, and how fast it takes it.
 * Made when a flush leaves something behind, dropped when nothing is left, so a client that reads
 * costs none. The event loop of its connection only, but for what {@link NodeOutput} compares.
 */
final class PendingOutput {

  private static final double SECOND = 1e9;
  private static final long MIN_INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

  private final WebSocketConnection connection;
  /** Bytes that are counted in the total of the node. */
  private volatile long counted;
  /** Bytes a second that were taken between the last two looks. */
  private volatile long speed;

  private long left;
  private long put;
  private long lookedAt;
  private long drainedAt;
  private long largest;

  /**
   * Begins when something is left.
   *
   * @param left what is left, in bytes
   */
  PendingOutput(WebSocketConnection connection, long left, long now) {
    this.connection = connection;
    this.left = left;
    this.lookedAt = now;
    this.drainedAt = now;
    // Until there are two looks it counts as one that takes all of it within a second.
    this.speed = left;
  }

  WebSocketConnection connection() {
    return connection;
  }

  long counted() {
    return counted;
  }

  void setCounted(long bytes) {
    counted = bytes;
  }

  /** So much more was put behind what waits. */
  void put(long bytes) {
    put += bytes;
  }

  /** One message that is larger than a connection may have waiting: it does not count against it. */
  void putLarge(long bytes) {
    largest = Math.max(largest, bytes);
  }

  /** The largest message that may be among what waits, if it is larger than may wait; else 0. */
  long largest() {
    return largest;
  }

  /** Notes what is left now; called about once a second, and what is sooner does not count. */
  void look(long leftNow, long now) {
    if (now - lookedAt < MIN_INTERVAL) {
      return;
    }
    long drained = left + put - leftNow;
    left = leftNow;
    put = 0;
    if (drained > 0) {
      drainedAt = now;
    }
    double seconds = (double) (now - lookedAt) / SECOND;
    speed = (long) ((double) Math.max(0, drained) / seconds);
    lookedAt = now;
  }

  /** For how long the client has taken nothing, in nanoseconds. */
  long stalledFor(long now) {
    return now - drainedAt;
  }

  /** How many seconds the client takes for what waits, as fast as it is now. Any thread. */
  double secondsLeft() {
    long bytes = counted;
    return bytes == 0 ? 0 : (double) bytes / (double) speed;
  }
}
