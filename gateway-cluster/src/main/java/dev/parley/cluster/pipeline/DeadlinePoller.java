package dev.parley.cluster.pipeline;

import dev.parley.cluster.redis.LoopContext;
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

  private final LoopContext loop;
  private final Vertx vertx;
  private final Runnable poll;

  private long timer = -1;
  private long timerAt = Long.MAX_VALUE;
  private boolean polling;
  private boolean stopped;

  /** @param poll the run; it calls {@link #done} when it has finished */
  public DeadlinePoller(LoopContext loop, Runnable poll) {
    this.loop = loop;
    this.vertx = loop.vertx();
    this.poll = poll;
  }

  /** A deadline is due in so many milliseconds. */
  public void within(long millis) {
    assert loop.isCurrent();
    long delay = Math.clamp(millis, MIN_WAIT, MAX_WAIT);
    long at = System.nanoTime() / 1_000_000 + delay;
    if (!stopped && !polling && at < timerAt) {
      vertx.cancelTimer(timer);
      timerAt = at;
      timer = vertx.setTimer(delay, id -> poll());
    }
  }

  private void poll() {
    timerAt = Long.MAX_VALUE;
    polling = true;
    poll.run();
  }

  /** The run has finished; {@code nextMillis} is the time to the next deadline, if known. */
  public void done(Optional<Long> nextMillis) {
    assert loop.isCurrent();
    polling = false;
    within(nextMillis.orElse(MAX_WAIT));
  }

  public void stop() {
    assert loop.isCurrent();
    stopped = true;
    vertx.cancelTimer(timer);
  }
}
