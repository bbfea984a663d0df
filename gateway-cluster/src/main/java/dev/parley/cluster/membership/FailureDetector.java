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
 * that neither a clock that jumps nor an outage of Redis makes a node look dead. Not
 * thread-safe.
 */
public final class FailureDetector {

  private final Duration lease;
  private final Map<String, Observation> observations = new HashMap<>();
  private long lastLook;

  /**
   * The first observation of a heartbeat.
   *
   * @param stamp the heartbeat, as stored in Redis
   * @param serverMillis its time, by the clock of Redis
   * @param nanos its time, by the local clock
   */
  private record Observation(String stamp, long serverMillis, long nanos) {}

  public FailureDetector(Duration lease) {
    this.lease = lease;
  }

  /**
   * Observes a snapshot of the members.
   *
   * @param now by the local monotonic clock
   * @param self the epoch of this node
   * @return evictions of the failed nodes
   */
  public List<EvictCommand> look(MembershipSnapshot snapshot, long now, String self) {
    if (now - lastLook > lease.toNanos() / 2) {
      observations.clear();
    }
    lastLook = now;
    observations.keySet().retainAll(snapshot.stamps().keySet());
    List<EvictCommand> dead = new ArrayList<>();
    snapshot.stamps()
        .forEach(
            (nodeEpoch, stamp) -> {
              Observation observation = observations.get(nodeEpoch);
              if (observation == null || !observation.stamp.equals(stamp)) {
                observations.put(nodeEpoch, new Observation(stamp, snapshot.now(), now));
              } else if (!nodeEpoch.equals(self)
                  && snapshot.now() - observation.serverMillis >= lease.toMillis()
                  && now - observation.nanos >= lease.toNanos()) {
                dead.add(new EvictCommand(nodeEpoch, stamp));
              }
            });
    return dead;
  }
}
