package dev.parley.net;

import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * How fast one client is read. What it sends, and the work that it causes, is taken from its
 * {@link Allowance}; when that is used up the client is not read until it has earned what it took.
 * Event loop only.
 */
final class InputPace {

  private final WebSocketConnection connection;
  private final Allowance allowance;
  /** Ends the pause; null if the client is read. */
  private @Nullable Future<?> resumption;
  /** More was taken since the end of the pause was set. */
  private boolean owesMore;

  /**
   * @param connection is read, or not, as is said here
   */
  InputPace(WebSocketConnection connection, long now) {
    this.connection = connection;
    this.allowance = new Allowance(connection.turn().speed(), now);
  }

  /** Whether the client is not to be read now. */
  boolean isPaused() {
    return resumption != null;
  }

  /**
   * A frame has come. Each costs its bytes, and each costs the same besides: many small ones are no
   * way around the rate of bytes, and a few large ones none around that of frames.
   */
  void frame(long bytes, long now) {
    int weight = connection.turn().weight();
    long forFrames = allowance.takeFrame(weight, now);
    long forBytes = allowance.takeBytes(weight * bytes, now);
    if (forFrames > 0 || forBytes > 0) {
      pause(forBytes > forFrames ? Throttle.BYTES : Throttle.FRAMES,
          Math.max(forFrames, forBytes));
    }
  }

  /** The client has caused work beyond the bytes that it sent. */
  void charge(long bytes) {
    long pause = allowance.takeBytes(bytes, System.nanoTime());
    if (pause > 0) {
      pause(Throttle.WORK, pause);
    }
  }

  private void pause(Throttle cause, long nanos) {
    if (isPaused()) {
      owesMore = true;
      return;
    }
    resumption = connection.turn().schedule(this::resume, nanos);
    connection.countThrottled(cause);
    connection.readOrNot();
  }

  private void resume() {
    long more = owesMore ? allowance.pause(System.nanoTime()) : 0;
    owesMore = false;
    resumption = more > 0 ? connection.turn().schedule(this::resume, more) : null;
    if (!isPaused()) {
      connection.readOrNot();
    }
  }

  /** The client is gone. */
  void end() {
    Future<?> running = resumption;
    resumption = null;
    if (running != null) {
      running.cancel(false);
    }
  }
}
