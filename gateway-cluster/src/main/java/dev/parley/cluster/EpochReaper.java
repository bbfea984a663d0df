package dev.parley.cluster;

import dev.parley.cluster.groups.RedisGroups;
import dev.parley.cluster.membership.FailureDetector;
import dev.parley.cluster.pipeline.ClusterMetrics;
import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.CommandPipeline.Bound;
import dev.parley.cluster.pipeline.PendingCommand;
import dev.parley.cluster.script.AbandonedUsersCommand;
import dev.parley.cluster.script.CleanCommand;
import dev.parley.cluster.script.EvictCommand;
import dev.parley.cluster.script.RefreshCommand.MembershipSnapshot;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Undelivered.Cause;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Epoch reaper: ends the epochs of failed nodes, and cleans up what they leave. Every node takes
 * part, in small steps that are interleaved with other commands of the pipeline, so several nodes
 * share the work. Confined to the hub's event loop.
 */
final class EpochReaper {

  private static final Logger LOG = LoggerFactory.getLogger(EpochReaper.class);
  private static final int MAX_PER_COMMAND = 200;
  private static final int MAX_USERS = 20;

  private final CommandPipeline pipeline;
  private final RedisGroups groups;
  private final SignalMetrics metrics;
  private final ClusterMetrics counts;
  private final Duration lease;
  private final FailureDetector failureDetector;
  private boolean cleaning;

  EpochReaper(
      CommandPipeline pipeline, RedisGroups groups, SignalMetrics metrics, ClusterMetrics counts,
      Duration lease) {
    this.pipeline = pipeline;
    this.groups = groups;
    this.metrics = metrics;
    this.counts = counts;
    this.lease = lease;
    this.failureDetector = new FailureDetector(lease);
  }

  /**
   * Follows the death of nodes, from the first missing heartbeat to the departure of the last user.
   * Called after each heartbeat of this node.
   *
   * @param self the epoch of this node
   */
  void heartbeat(MembershipSnapshot members, String self) {
    assert pipeline.loop().isCurrent();
    // A node without a heartbeat for a whole lease is evicted: its calls are fenced from now on,
    // and its inbox becomes the tombstone of its epoch, to which nothing can be appended.
    failureDetector.look(members, System.nanoTime(), self).forEach(this::evict);
    if (members.tombstones() > 0 && !cleaning) {
      cleaning = true;
      repeatWhileProgress(
          // What the node has not read is refused to its senders. Its ids are held for their tokens
          // or released, and watchers are notified of the departures.
          () -> pipeline.call(new CleanCommand(MAX_PER_COMMAND), Bound.UNLIMITED)
              .onSuccess(this::countRefused)
              .compose(
                  cleaned -> cleaned.tombstones() == 0
                      ? Future.succeededFuture(false)
                      // Its users depart from groups by the rules, each user on one of the nodes.
                      // The tombstone stays until all of them have.
                      : pipeline.call(new AbandonedUsersCommand(MAX_USERS), Bound.UNLIMITED)
                          .compose(groups::depart)
                          .map(departed -> departed || cleaned.done() > 0)));
    }
  }

  /** What other nodes do, and what is impossible now, is left to the next heartbeat. */
  private void repeatWhileProgress(Supplier<Future<Boolean>> round) {
    var unused =
        round.get().onComplete(
            progress -> {
              if (progress.succeeded() && progress.result()) {
                repeatWhileProgress(round);
              } else {
                cleaning = false;
                LOG.debug("no progress with tombstones now", progress.cause());
              }
            });
  }

  private void evict(EvictCommand eviction) {
    counts.nodeEvicted();
    LOG.warn(
        "node {} has not been heard of for {} s and is evicted", eviction.nodeEpoch(),
        lease.toSeconds());
    pipeline.submit(eviction, PendingCommand.ignored(), Bound.UNLIMITED);
  }

  private void countRefused(CleanCommand.Cleaned cleaned) {
    cleaned.returned()
        .forEach(label -> metrics.undelivered(label.dialect(), label.kind(), Cause.GONE));
  }
}
