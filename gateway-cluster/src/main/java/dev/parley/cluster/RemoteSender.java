package dev.parley.cluster;

import dev.parley.cluster.CommandPipeline.Bound;
import dev.parley.cluster.registry.LocalRegistry;
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

/**
 * Sends signals through Redis when local delivery is not possible, and notifies their senders when
 * they cannot be delivered. Sending is thread-safe; results are handled on the hub's event loop.
 */
final class RemoteSender {

  private final String node;
  private final CommandPipeline pipeline;
  private final LocalRegistry localRegistry;
  private final MailExpiry expiry;
  private final SignalMetrics metrics;
  private final ClusterMetrics counts;
  private final BooleanSupplier connected;

  /**
   * @param node the name of this node
   * @param connected whether the node is connected to its cluster; thread-safe
   */
  RemoteSender(
      String node, CommandPipeline pipeline, LocalRegistry localRegistry, MailExpiry expiry,
      SignalMetrics metrics,
      ClusterMetrics counts, BooleanSupplier connected) {
    this.node = node;
    this.pipeline = pipeline;
    this.localRegistry = localRegistry;
    this.expiry = expiry;
    this.metrics = metrics;
    this.counts = counts;
    this.connected = connected;
  }

  /**
   * Sends a signal; called where {@link LocalRegistry.Away#post} is.
   *
   * @return whether the pipeline accepted it; if not, its sender has been notified
   */
  boolean send(
      Recipient sender, Signal signal, Duration hold, boolean remoteSend, int epoch) {
    String mark = remoteSend ? new InFlightMark(node, epoch).mark() : "";
    long holdMillis = hold.isZero() ? 0 : Math.max(1, hold.toMillis());
    SendCommand command =
        new SendCommand(
            signal.to(), holdMillis, MailboxLimits.weightOf(signal), Envelope.seal(signal, mark));
    boolean taken =
        pipeline.submit(
            new PendingCommand<>(
                command, epoch,
                new Sending(sender, RefusalOutbox.headerForRefusal(signal), holdMillis, remoteSend, epoch)), Bound.LIMITED);
    if (!taken) {
      undelivered(
          sender, signal,
          connected.getAsBoolean() && pipeline.isOpen() ? Cause.FULL : Cause.UNAVAILABLE);
    }
    return taken;
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
    private final boolean remoteSend;
    private final int epoch;
    private boolean refused;

    Sending(
        Recipient sender, Signal signal, long holdMillis, boolean remoteSend, int epoch) {
      this.sender = sender;
      // The payload is in the envelope; a refusal needs only the header.
      this.signal = signal.header();
      this.holdMillis = holdMillis;
      this.remoteSend = remoteSend;
      this.epoch = epoch;
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
      if (remoteSend) {
        switch (fate) {
          // The signal ends when this node reads it from its inbox.
          case BACK -> {}
          case FULL, OUT_OF_MEMORY -> localRegistry.remoteSendEnded(signal.to(), epoch);
          case AWAY, HELD, ABSENT -> localRegistry.remoteSendEndedElsewhere(signal.to(), epoch);
        }
      }
    }

    @Override
    public void failed() {
      undelivered(sender, signal, Cause.UNAVAILABLE);
      if (remoteSend) {
        localRegistry.remoteSendEnded(signal.to(), epoch);
      }
    }

    @Override
    public boolean isWanted() {
      return !localRegistry.isStale(sender, signal.from());
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
