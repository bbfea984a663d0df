package dev.parley.cluster;

import dev.parley.cluster.roster.Roster;
import dev.parley.cluster.script.DueCommand;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Undelivered.Cause;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * Expires held signals. Every node polls all mailboxes: see {@link Alarm}. Confined to the hub's
 * event loop.
 */
final class MailExpiry {

  private static final int MOST_BUNDLES = 20;

  private final Lane lane;
  private final Roster roster;
  private final SignalMetrics metrics;
  private final Alarm alarm;

  MailExpiry(Vertx vertx, Lane lane, Roster roster, SignalMetrics metrics) {
    this.lane = lane;
    this.roster = roster;
    this.metrics = metrics;
    this.alarm = new Alarm(vertx, this::ask);
  }

  /** A held signal expires in so many milliseconds. */
  void within(long millis) {
    alarm.within(millis);
  }

  private void ask() {
    Order.Answer<DueCommand.Ended> answer =
        new Order.Answer<>() {
          @Override
          public void done(DueCommand.Ended ended) {
            ended.expired()
                .forEach(
                    label -> metrics.undelivered(label.dialect(), label.kind(), Cause.EXPIRED));
            alarm.done(ended.nextMillis());
          }

          @Override
          public void failed() {
            alarm.done(Optional.empty());
          }
        };
    lane.insist(new Order<>(new DueCommand(MOST_BUNDLES), roster.generation(), answer));
  }

  void stop() {
    alarm.stop();
  }
}
