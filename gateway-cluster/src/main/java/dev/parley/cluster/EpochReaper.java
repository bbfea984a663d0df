package dev.parley.cluster;

import dev.parley.cluster.CommandPipeline.Bound;
import dev.parley.cluster.script.AbandonedUsersCommand;
import dev.parley.cluster.script.CleanCommand;
import dev.parley.cluster.script.Command;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Undelivered.Cause;
import java.util.function.Consumer;

/**
 * Epoch reaper: cleans up the tombstones of evicted nodes in small steps, interleaved with other
 * commands of the pipeline. Every node that sees a tombstone takes part, so several nodes share the
 * work. Confined to the hub's event loop.
 */
final class EpochReaper {

  private static final int MAX_PER_COMMAND = 200;
  private static final int MAX_USERS = 20;

  private final CommandPipeline pipeline;
  private final RedisGroups groups;
  private final SignalMetrics metrics;
  private boolean cleaning;

  EpochReaper(CommandPipeline pipeline, RedisGroups groups, SignalMetrics metrics) {
    this.pipeline = pipeline;
    this.groups = groups;
    this.metrics = metrics;
  }

  /** Reports the number of tombstones to clean up. */
  void clean(int tombstones) {
    if (tombstones > 0 && !cleaning) {
      cleaning = true;
      submit(new CleanCommand(MAX_PER_COMMAND), this::cleaned);
    }
  }

  private void cleaned(CleanCommand.Cleaned cleaned) {
    cleaned.returned()
        .forEach(label -> metrics.undelivered(label.dialect(), label.kind(), Cause.GONE));
    if (cleaned.tombstones() == 0) {
      cleaning = false;
    } else {
      submit(new AbandonedUsersCommand(MAX_USERS),
          abandonedUsers -> depart(cleaned, abandonedUsers));
    }
  }

  /**
   * Continues while there is progress. What other nodes do, and what is impossible now, is left to
   * the next heartbeat.
   */
  private void depart(CleanCommand.Cleaned cleaned,
      AbandonedUsersCommand.AbandonedUsers abandonedUsers) {
    groups.depart(abandonedUsers)
        .onComplete(
            departed -> {
              cleaning = false;
              if (cleaned.done() > 0 || Boolean.TRUE.equals(departed.result())) {
                clean(cleaned.tombstones());
              }
            });
  }

  private <R> void submit(Command<R> command, Consumer<R> then) {
    PendingCommand.Answer<R> answer =
        new PendingCommand.Answer<>() {
          @Override
          public void done(R result) {
            then.accept(result);
          }

          @Override
          public void failed() {
            cleaning = false;
          }
        };
    pipeline.submit(command, answer, Bound.UNLIMITED);
  }
}
