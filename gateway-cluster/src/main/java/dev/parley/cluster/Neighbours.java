package dev.parley.cluster;

import dev.parley.cluster.script.BuryCommand;
import dev.parley.cluster.script.RefreshCommand.Roll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out which other nodes are dead: those that have given no sign of life for a whole lease
 * while this node was connected throughout. The time is taken twice, by Redis' clock and by our
 * own, so that neither a clock that jumps nor a Redis that was away makes anybody dead. The hub's
 * event loop only.
 */
final class Neighbours {

  private final Duration lease;
  private final Map<String, Sight> sights = new HashMap<>();
  private long lastLook;

  /**
   * When a sign of life was first seen.
   *
   * @param stamp the sign, as Redis has it
   * @param serverMillis when, by Redis' clock
   * @param nanos when, by ours
   */
  private record Sight(String stamp, long serverMillis, long nanos) {}

  Neighbours(Duration lease) {
    this.lease = lease;
  }

  /**
   * Looks at who is there.
   *
   * @param now our own clock
   * @param self the seat of this node
   * @return the dead
   */
  List<BuryCommand> look(Roll roll, long now, String self) {
    if (now - lastLook > lease.toNanos() / 2) {
      sights.clear();
    }
    lastLook = now;
    sights.keySet().retainAll(roll.stamps().keySet());
    List<BuryCommand> dead = new ArrayList<>();
    roll.stamps()
        .forEach(
            (seat, stamp) -> {
              Sight sight = sights.get(seat);
              if (sight == null || !sight.stamp.equals(stamp)) {
                sights.put(seat, new Sight(stamp, roll.now(), now));
              } else if (!seat.equals(self)
                  && roll.now() - sight.serverMillis >= lease.toMillis()
                  && now - sight.nanos >= lease.toNanos()) {
                dead.add(new BuryCommand(seat, stamp));
              }
            });
    return dead;
  }
}
