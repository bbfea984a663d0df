package dev.parley.cluster;

import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * Goes off when something is due in Redis as far as this node knows, and every second in case the
 * node that knew is dead. While what it calls is at work it is silent. The hub's event loop only.
 */
final class Alarm {

  private static final long LONGEST_WAIT = 1_000;
  private static final long SHORTEST_WAIT = 10;

  private final Vertx vertx;
  private final Runnable ring;

  private long timer = -1;
  private long timerAt = Long.MAX_VALUE;
  private boolean ringing;
  private boolean stopped;

  /**
   * @param ring is to call {@link #done} when it has come to its end
   */
  Alarm(Vertx vertx, Runnable ring) {
    this.vertx = vertx;
    this.ring = ring;
  }

  /** Something is due in so many milliseconds. */
  void within(long millis) {
    long delay = Math.clamp(millis, SHORTEST_WAIT, LONGEST_WAIT);
    long at = System.nanoTime() / 1_000_000 + delay;
    if (!stopped && !ringing && at < timerAt) {
      vertx.cancelTimer(timer);
      timerAt = at;
      timer = vertx.setTimer(delay, id -> goOff());
    }
  }

  private void goOff() {
    timerAt = Long.MAX_VALUE;
    ringing = true;
    ring.run();
  }

  /** What was due is done; the next is due then, if that is known. */
  void done(Optional<Long> nextMillis) {
    ringing = false;
    within(nextMillis.orElse(LONGEST_WAIT));
  }

  /** Goes off no more. */
  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }
}
