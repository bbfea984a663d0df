package dev.parley.cluster;

import dev.parley.cluster.script.BuryCommand;
import dev.parley.cluster.script.RefreshCommand.Roll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Failure detector: finds nodes without a heartbeat for a whole lease during which this node was
 * connected throughout. A lease must have passed by the clock of Redis and by the local one, so
 * that neither a clock that jumps nor an outage of Redis makes a node look dead. Confined to the
 * hub's event loop.
 */
final class Neighbours {

  private final Duration lease;
  private final Map<String, Sight> sights = new HashMap<>();
  private long lastLook;

  /**
   * The first observation of a heartbeat.
   *
   * @param stamp the heartbeat, as stored in Redis
   * @param serverMillis its time, by the clock of Redis
   * @param nanos its time, by the local clock
   */
  private record Sight(String stamp, long serverMillis, long nanos) {}

  Neighbours(Duration lease) {
    this.lease = lease;
  }

  /**
   * Observes a snapshot of the members.
   *
   * @param now by the local monotonic clock
   * @param self the epoch of this node
   * @return evictions of the failed nodes
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
