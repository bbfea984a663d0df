package dev.parley.cluster.routing;

import dev.parley.cluster.pipeline.ClusterMetrics;
import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.CommandPipeline.Bound;
import dev.parley.cluster.pipeline.PendingCommand;
import dev.parley.cluster.registry.RemoteRoute;
import dev.parley.cluster.registry.RemoteSend;
import dev.parley.cluster.registry.StaleOwners;
import dev.parley.cluster.script.Envelope;
import dev.parley.cluster.script.SendCommand;
import dev.parley.cluster.script.SendCommand.Fate;
import dev.parley.hub.MailboxLimits;
import dev.parley.hub.Recipient;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends signals through Redis when local delivery is not possible, and notifies their senders when
 * they cannot be delivered. Sending is thread-safe; results are handled on the hub's event loop.
 */
public final class RemoteSender implements RemoteRoute {

  private final CommandPipeline pipeline;
  private final StaleOwners stale;
  private final MailExpiry expiry;
  private final SignalMetrics metrics;
  private final ClusterMetrics counts;
  private final BooleanSupplier connected;

  /**
   * @param stale sessions whose signals must be dropped
   * @param connected whether the node is connected to its cluster; thread-safe
   */
  public RemoteSender(
      CommandPipeline pipeline, StaleOwners stale, MailExpiry expiry, SignalMetrics metrics,
      ClusterMetrics counts, BooleanSupplier connected) {
    this.pipeline = pipeline;
    this.stale = stale;
    this.expiry = expiry;
    this.metrics = metrics;
    this.counts = counts;
    this.connected = connected;
  }

  @Override
  public boolean send(
      Recipient sender, Signal signal, Duration hold, int epoch, @Nullable RemoteSend inFlight) {
    String mark = inFlight == null ? "" : inFlight.mark();
    long holdMillis = hold.isZero() ? 0 : Math.max(1, hold.toMillis());
    SendCommand command =
        new SendCommand(
            signal.to(), holdMillis, MailboxLimits.weightOf(signal), Envelope.seal(signal, mark));
    boolean accepted =
        pipeline.submit(
            new PendingCommand<>(
                command, epoch,
                new Sending(
                    sender, RefusalOutbox.headerForRefusal(signal), holdMillis, inFlight)),
            Bound.LIMITED);
    if (!accepted) {
      undelivered(
          sender, signal,
          connected.getAsBoolean() && pipeline.isOpen() ? Cause.FULL : Cause.UNAVAILABLE);
    }
    return accepted;
  }

  private void undelivered(Recipient sender, Signal signal, Cause cause) {
    metrics.undelivered(signal, cause);
    sender.deliver(Undelivered.of(signal, cause));
  }

  /** A signal in flight. Keeps only what a refusal needs. */
  private final class Sending implements PendingCommand.Answer<Fate> {

    private final Recipient sender;
    private final Signal signal;
    private final long holdMillis;
    private final @Nullable RemoteSend inFlight;
    private boolean refused;

    Sending(
        Recipient sender, Signal signal, long holdMillis, @Nullable RemoteSend inFlight) {
      this.sender = sender;
      // The payload is in the envelope; a refusal needs only the header.
      this.signal = signal;
      this.holdMillis = holdMillis;
      this.inFlight = inFlight;
    }

    @Override
    public void done(Fate fate) {
      refused = fate == Fate.ABSENT || fate == Fate.FULL || fate == Fate.OUT_OF_MEMORY;
      switch (fate) {
        case AWAY, BACK -> {}
        case HELD -> expiry.within(holdMillis);
        case ABSENT -> undelivered(sender, signal, Cause.ABSENT);
        case FULL -> undelivered(sender, signal, Cause.FULL);
        case OUT_OF_MEMORY -> {
          counts.refusedForMemory("signal");
          undelivered(sender, signal, Cause.FULL);
        }
      }
      if (inFlight != null) {
        switch (fate) {
          // The signal ends when this node reads it from its inbox.
          case BACK -> {}
          case FULL, OUT_OF_MEMORY -> inFlight.ended();
          case AWAY, HELD, ABSENT -> inFlight.routedAway();
        }
      }
    }

    @Override
    public void failed() {
      undelivered(sender, signal, Cause.UNAVAILABLE);
      if (inFlight != null) {
        inFlight.ended();
      }
    }

    @Override
    public boolean isWanted() {
      return !stale.has(sender, signal.from());
    }

    @Override
    public boolean isUnconfirmed() {
      return !refused;
    }

    @Override
    public int keptBytes() {
      return PendingCommand.PER_ANSWER + signal.from().id().length() + signal.to().id().length();
    }

    @Override
    public void lostByFailover() {
      undelivered(sender, signal, Cause.UNAVAILABLE);
    }
  }
}
