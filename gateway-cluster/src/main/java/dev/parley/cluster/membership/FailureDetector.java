package dev.parley.cluster.membership;

import dev.parley.cluster.script.EvictCommand;
import dev.parley.cluster.script.RefreshCommand.MembershipSnapshot;
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
final class FailureDetector {

  private final Duration lease;
  private final Map<String, Observation> sights = new HashMap<>();
  private long lastLook;

  /**
   * The first observation of a heartbeat.
   *
   * @param stamp the heartbeat, as stored in Redis
   * @param serverMillis its time, by the clock of Redis
   * @param nanos its time, by the local clock
   */
  private record Observation(String stamp, long serverMillis, long nanos) {}

  FailureDetector(Duration lease) {
    this.lease = lease;
  }

  /**
   * Observes a snapshot of the members.
   *
   * @param now by the local monotonic clock
   * @param self the epoch of this node
   * @return evictions of the failed nodes
   */
  List<EvictCommand> look(MembershipSnapshot roll, long now, String self) {
    if (now - lastLook > lease.toNanos() / 2) {
      sights.clear();
    }
    lastLook = now;
    sights.keySet().retainAll(roll.stamps().keySet());
    List<EvictCommand> dead = new ArrayList<>();
    roll.stamps()
        .forEach(
            (nodeEpoch, stamp) -> {
              Observation sight = sights.get(nodeEpoch);
              if (sight == null || !sight.stamp.equals(stamp)) {
                sights.put(nodeEpoch, new Observation(stamp, roll.now(), now));
              } else if (!nodeEpoch.equals(self)
                  && roll.now() - sight.serverMillis >= lease.toMillis()
                  && now - sight.nanos >= lease.toNanos()) {
                dead.add(new EvictCommand(nodeEpoch, stamp));
              }
            });
    return dead;
  }
}
