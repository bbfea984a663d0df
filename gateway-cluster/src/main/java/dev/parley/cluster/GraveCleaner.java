package dev.parley.cluster;

import dev.parley.cluster.roster.Roster;
import dev.parley.cluster.script.CleanCommand;
import dev.parley.cluster.script.Command;
import dev.parley.cluster.script.OrphansCommand;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Undelivered.Cause;
import java.util.function.Consumer;

/**
 * Epoch reaper: cleans up the tombstones of evicted nodes in small steps, interleaved with other
 * commands of the pipeline. Every node that sees a tombstone takes part, so several nodes share the
 * work. Confined to the hub's event loop.
 */
final class GraveCleaner {

  private static final int MOST_PER_ORDER = 200;
  private static final int MOST_USERS = 20;

  private final Lane lane;
  private final Roster roster;
  private final RedisGroups groups;
  private final SignalMetrics metrics;
  private boolean cleaning;

  GraveCleaner(Lane lane, Roster roster, RedisGroups groups, SignalMetrics metrics) {
    this.lane = lane;
    this.roster = roster;
    this.groups = groups;
    this.metrics = metrics;
  }

  /** Reports the number of tombstones to clean up. */
  void clean(int graves) {
    if (graves > 0 && !cleaning) {
      cleaning = true;
      order(new CleanCommand(MOST_PER_ORDER), this::cleaned);
    }
  }

  private void cleaned(CleanCommand.Cleaned cleaned) {
    cleaned.returned()
        .forEach(label -> metrics.undelivered(label.dialect(), label.kind(), Cause.GONE));
    if (cleaned.graves() == 0) {
      cleaning = false;
    } else {
      order(new OrphansCommand(MOST_USERS), orphans -> depart(cleaned, orphans));
    }
  }

  /**
   * Continues while there is progress. What other nodes do, and what is impossible now, is left to
   * the next heartbeat.
   */
  private void depart(CleanCommand.Cleaned cleaned, OrphansCommand.Orphans orphans) {
    groups.depart(orphans)
        .onComplete(
            departed -> {
              cleaning = false;
              if (cleaned.done() > 0 || Boolean.TRUE.equals(departed.result())) {
                clean(cleaned.graves());
              }
            });
  }

  private <R> void order(Command<R> command, Consumer<R> then) {
    Order.Answer<R> answer =
        new Order.Answer<>() {
          @Override
          public void done(R result) {
            then.accept(result);
          }

          @Override
          public void failed() {
            cleaning = false;
          }
        };
    lane.insist(new Order<>(command, roster.generation(), answer));
  }
}
