package dev.parley.hub.redis;

import dev.parley.hub.redis.roster.Roster;
import dev.parley.hub.redis.script.DueCommand;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Undelivered.Cause;
import io.vertx.core.Vertx;

/**
 * Has held signals expire in time. Any node may do it for any mailbox: each asks when it knows of a
 * deadline, and every second in case the node that knew is dead. The hub's event loop only.
 */
final class MailExpiry {

  private static final int MOST_BUNDLES = 20;
  private static final long LONGEST_WAIT = 1_000;
  private static final long SHORTEST_WAIT = 10;

  private final Vertx vertx;
  private final Lane lane;
  private final Roster roster;
  private final SignalMetrics metrics;

  private long timer = -1;
  private long timerAt = Long.MAX_VALUE;
  private boolean asking;
  private boolean stopped;

  MailExpiry(Vertx vertx, Lane lane, Roster roster, SignalMetrics metrics) {
    this.vertx = vertx;
    this.lane = lane;
    this.roster = roster;
    this.metrics = metrics;
  }

  /** Something expires in so many milliseconds. */
  void within(long millis) {
    long delay = Math.clamp(millis, SHORTEST_WAIT, LONGEST_WAIT);
    long at = System.nanoTime() / 1_000_000 + delay;
    if (!stopped && !asking && at < timerAt) {
      vertx.cancelTimer(timer);
      timerAt = at;
      timer = vertx.setTimer(delay, id -> ask());
    }
  }

  private void ask() {
    timerAt = Long.MAX_VALUE;
    asking = true;
    Order.Answer<DueCommand.Ended> answer =
        new Order.Answer<>() {
          @Override
          public void done(DueCommand.Ended ended) {
            asking = false;
            ended.expired()
                .forEach(
                    label -> metrics.undelivered(label.dialect(), label.kind(), Cause.EXPIRED));
            within(ended.nextMillis().orElse(LONGEST_WAIT));
          }

          @Override
          public void failed() {
            asking = false;
            within(LONGEST_WAIT);
          }
        };
    lane.insist(new Order<>(new DueCommand(MOST_BUNDLES), roster.generation(), answer));
  }

  /** Asks no more. */
  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }
}
