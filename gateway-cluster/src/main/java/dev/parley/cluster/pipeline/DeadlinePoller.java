package dev.parley.cluster.pipeline;

import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * Deadline poller: fires when the next deadline known to this node is due in Redis, and at least
 * every second, in case the node that knew an earlier one has died. Does not fire while the
 * previous run is under way. Confined to the hub's event loop.
 */
public final class DeadlinePoller {

  private static final long MAX_WAIT = 1_000;
  private static final long MIN_WAIT = 10;

  private final Vertx vertx;
  private final Runnable ring;

  private long timer = -1;
  private long timerAt = Long.MAX_VALUE;
  private boolean ringing;
  private boolean stopped;

  /** @param ring the run; it calls {@link #done} when it has finished */
  public DeadlinePoller(Vertx vertx, Runnable ring) {
    this.vertx = vertx;
    this.ring = ring;
  }

  /** A deadline is due in so many milliseconds. */
  public void within(long millis) {
    long delay = Math.clamp(millis, MIN_WAIT, MAX_WAIT);
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

  /** The run has finished; {@code nextMillis} is the time to the next deadline, if known. */
  public void done(Optional<Long> nextMillis) {
    ringing = false;
    within(nextMillis.orElse(MAX_WAIT));
  }

  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }
}
