package dev.parley.cluster.routing;

import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.CommandPipeline.Bound;
import dev.parley.cluster.pipeline.DeadlinePoller;
import dev.parley.cluster.pipeline.PendingCommand;
import dev.parley.cluster.script.ExpireMailCommand;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Undelivered.Cause;
import java.util.Optional;

/**
 * Expires held signals. Every node polls all mailboxes: see {@link DeadlinePoller}. Confined to the
 * hub's event loop.
 */
public final class MailExpiry {

  private static final int MAX_BUNDLES = 20;

  private final CommandPipeline pipeline;
  private final SignalMetrics metrics;
  private final DeadlinePoller poller;

  public MailExpiry(CommandPipeline pipeline, SignalMetrics metrics) {
    this.pipeline = pipeline;
    this.metrics = metrics;
    this.poller = new DeadlinePoller(pipeline.loop(), this::ask);
  }

  /** A held signal expires in so many milliseconds. */
  public void within(long millis) {
    assert pipeline.loop().isCurrent();
    poller.within(millis);
  }

  private void ask() {
    PendingCommand.Answer<ExpireMailCommand.Ended> answer =
        new PendingCommand.Answer<>() {
          @Override
          public void done(ExpireMailCommand.Ended ended) {
            ended.expired()
                .forEach(
                    label -> metrics.undelivered(label.dialect(), label.kind(), Cause.EXPIRED));
            poller.done(ended.nextMillis());
          }

          @Override
          public void failed() {
            poller.done(Optional.empty());
          }
        };
    pipeline.submit(new ExpireMailCommand(MAX_BUNDLES), answer, Bound.UNLIMITED);
  }

  public void stop() {
    assert pipeline.loop().isCurrent();
    poller.stop();
  }
}
