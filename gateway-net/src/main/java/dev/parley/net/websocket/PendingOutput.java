package dev.parley.net.websocket;

import java.util.concurrent.TimeUnit;

/**
 * The output queue of one slow consumer, and the speed at which it reads. Created when a flush
 * leaves something unwritten, dropped when nothing is left, so a client that keeps up costs none.
 * Confined to the event loop of its connection, except for the values that {@link NodeOutput}
 * compares.
 */
final class PendingOutput {

  private static final double SECOND = 1e9;
  private static final long MIN_INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

  private final WebSocketConnection connection;
  /** Bytes included in the total of the node. */
  private volatile long counted;
  /** Bytes a second read between the last two samples. */
  private volatile long speed;

  private long left;
  private long put;
  private long lookedAt;
  private long drainedAt;
  private long largest;

  /**
   * Begins with unwritten output.
   *
   * @param left its bytes
   */
  PendingOutput(WebSocketConnection connection, long left, long now) {
    this.connection = connection;
    this.left = left;
    this.lookedAt = now;
    this.drainedAt = now;
    // Until there are two samples it counts as reading all of it within a second.
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

  /** So many bytes were queued behind it. */
  void put(long bytes) {
    put += bytes;
  }

  /** A message larger than the bound was queued: it does not count towards it. */
  void putLarge(long bytes) {
    largest = Math.max(largest, bytes);
  }

  /** The largest message that may be in the queue, if it is larger than the bound; else 0. */
  long largest() {
    return largest;
  }

  /** Samples the bytes that are left; called about once a second, and ignored if earlier. */
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

  /** How long the client has read nothing, in nanoseconds. */
  long stalledFor(long now) {
    return now - drainedAt;
  }

  /** The time to read the queue at the current speed, in seconds. Thread-safe. */
  double secondsLeft() {
    long bytes = counted;
    return bytes == 0 ? 0 : (double) bytes / (double) speed;
  }
}
