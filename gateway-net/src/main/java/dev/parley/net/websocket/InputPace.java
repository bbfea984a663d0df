package dev.parley.net.websocket;

import dev.parley.net.limits.Throttle;
import dev.parley.net.limits.TokenBucket;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Back-pressure on one client. Its input, and the work that it causes, is taken from its {@link
 * TokenBucket}; when that is overdrawn, reading pauses until it is refilled. Confined to the event
 * loop.
 */
final class InputPace {

  private final WebSocketConnection connection;
  private final TokenBucket bucket;
  /** Ends the pause; null if there is none. */
  private @Nullable Future<?> resumption;
  /** More was taken after the end of the pause was scheduled. */
  private boolean owesMore;

  /** @param connection the connection to pause and resume */
  InputPace(WebSocketConnection connection, long now) {
    this.connection = connection;
    this.bucket = new TokenBucket(connection.cycle().speed(), now);
  }

  boolean isPaused() {
    return resumption != null;
  }

  /**
   * A frame has arrived. It costs a frame and its bytes, so many small frames do not evade the byte
   * rate, nor a few large ones the frame rate.
   */
  void frame(long bytes, long now) {
    int weight = connection.cycle().weight();
    long forFrames = bucket.takeFrame(weight, now);
    long forBytes = bucket.takeBytes(weight * bytes, now);
    if (forFrames > 0 || forBytes > 0) {
      pause(forBytes > forFrames ? Throttle.BYTES : Throttle.FRAMES,
          Math.max(forFrames, forBytes));
    }
  }

  /** The client has caused work beyond its own bytes. */
  void charge(long bytes) {
    long pause = bucket.takeBytes(bytes, System.nanoTime());
    if (pause > 0) {
      pause(Throttle.WORK, pause);
    }
  }

  private void pause(Throttle cause, long nanos) {
    if (isPaused()) {
      owesMore = true;
      return;
    }
    resumption = connection.cycle().schedule(this::resume, nanos);
    connection.countThrottled(cause);
    connection.readOrNot();
  }

  private void resume() {
    long more = owesMore ? bucket.pause(System.nanoTime()) : 0;
    owesMore = false;
    resumption = more > 0 ? connection.cycle().schedule(this::resume, more) : null;
    if (!isPaused()) {
      connection.readOrNot();
    }
  }

  /** The client has disconnected. */
  void end() {
    Future<?> running = resumption;
    resumption = null;
    if (running != null) {
      running.cancel(false);
    }
  }
}
