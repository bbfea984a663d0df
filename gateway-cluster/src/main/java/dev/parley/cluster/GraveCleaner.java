package dev.parley.cluster;

import dev.parley.cluster.roster.Roster;
import dev.parley.cluster.script.CleanCommand;
import dev.parley.cluster.script.Command;
import dev.parley.cluster.script.OrphansCommand;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Undelivered.Cause;
import java.util.function.Consumer;

/**
 * Cleans up after nodes that are dead, a bit at a time among everything else that the lane carries.
 * Whoever finds something to do does it; several nodes share the work. The hub's event loop only.
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

  /** There are so many seats to clean up. */
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
   * Goes on as long as something comes of it; what others do, and what cannot be done now, is
   * looked at later.
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
