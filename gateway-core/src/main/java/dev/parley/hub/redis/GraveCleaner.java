package dev.parley.hub.redis;

import dev.parley.hub.redis.roster.Roster;
import dev.parley.hub.redis.script.CleanCommand;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Undelivered.Cause;

/**
 * Cleans up after nodes that are dead, a bit at a time among everything else that the lane carries.
 * Whoever finds something to do does it; several nodes share the work. The hub's event loop only.
 */
final class GraveCleaner {

  private static final int MOST_PER_ORDER = 200;

  private final Lane lane;
  private final Roster roster;
  private final SignalMetrics metrics;
  private boolean cleaning;

  GraveCleaner(Lane lane, Roster roster, SignalMetrics metrics) {
    this.lane = lane;
    this.roster = roster;
    this.metrics = metrics;
  }

  /** There are so many seats to clean up. */
  void clean(int graves) {
    if (graves == 0 || cleaning) {
      return;
    }
    cleaning = true;
    Order.Answer<CleanCommand.Cleaned> answer =
        new Order.Answer<>() {
          @Override
          public void done(CleanCommand.Cleaned cleaned) {
            cleaning = false;
            cleaned.returned()
                .forEach(label -> metrics.undelivered(label.dialect(), label.kind(), Cause.GONE));
            clean(cleaned.graves());
          }

          @Override
          public void failed() {
            cleaning = false;
          }
        };
    lane.insist(new Order<>(new CleanCommand(MOST_PER_ORDER), roster.generation(), answer));
  }
}
