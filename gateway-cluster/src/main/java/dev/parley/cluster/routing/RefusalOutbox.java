package dev.parley.cluster.routing;

import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.PendingCommand;
import dev.parley.cluster.registry.LocalRegistry;
import dev.parley.cluster.script.Command;
import dev.parley.cluster.script.Envelope;
import dev.parley.cluster.script.HandOverCommand;
import dev.parley.cluster.script.RefuseCommand;
import dev.parley.signal.Bytes;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refusal outbox: commands that no caller waits for. A refusal of a signal outlives the epoch: if
 * its outcome is unknown, or the sender's node is between two epochs, it goes into a retry queue.
 * If this node leaves first, it hands the queue over. Thread-safe, except {@link #tryAgain} and
 * {@link #handOver}, which are confined to the hub's event loop.
 */
public final class RefusalOutbox {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalOutbox.class);
  private static final int MAX_LEFT_OVER = 50_000;

  private final CommandPipeline pipeline;
  private final LocalRegistry localRegistry;
  private final Queue<Refusal> leftOver = new ConcurrentLinkedQueue<>();
  private final AtomicInteger left = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicInteger underWay = new AtomicInteger();
  private final Promise<Void> bequeathed = Promise.promise();
  private volatile boolean leaving;

  private record Refusal(Signal signal, Cause cause) {}

  public RefusalOutbox(CommandPipeline pipeline, LocalRegistry localRegistry) {
    this.pipeline = pipeline;
    this.localRegistry = localRegistry;
  }

  /**
   * Submits a command regardless of the pipeline's bounds; dropped if the epoch ends before it is
   * sent.
   */
  public void run(Command<?> command) {
    pipeline.insist(PendingCommand.silently(command, localRegistry.epoch()));
  }

  /** Refuses a signal: notifies the owner of the sender's id that it was not delivered. */
  public void giveBack(Signal signal, Cause cause) {
    if (localRegistry.deliver(signal.from(), Undelivered.of(signal, cause))) {
      return;
    }
    Refusal refusal = new Refusal(inShort(signal), cause);
    if (pipeline.isOpen()) {
      order(refusal);
    } else {
      leave(refusal);
    }
  }

  private void order(Refusal refusal) {
    boolean last = leaving;
    byte[] envelope = Envelope.seal(refusal.signal, "");
    Command<Boolean> command =
        last
            ? new HandOverCommand(refusal.cause, envelope)
            : new RefuseCommand(refusal.cause, envelope);
    PendingCommand.Answer<Boolean> answer =
        new PendingCommand.Answer<>() {
          @Override
          public void done(Boolean told) {
            if (!told && leaving && !last) {
              order(refusal);
            } else if (!told) {
              leave(refusal);
            }
            answered();
          }

          @Override
          public void failed() {
            leave(refusal);
            answered();
          }

          @Override
          public boolean wouldBeMissed() {
            return true;
          }

          @Override
          public void forgotten() {
            leave(refusal);
          }
        };
    underWay.incrementAndGet();
    pipeline.insist(new PendingCommand<>(command, localRegistry.epoch(), answer));
  }

  private void answered() {
    underWay.decrementAndGet();
    endIfDone();
  }

  private void endIfDone() {
    if (leaving && underWay.get() == 0 && left.get() == 0) {
      bequeathed.tryComplete();
    }
  }

  /** A local sender is notified at once; all other refusals wait for a retry. */
  private void leave(Refusal refusal) {
    Signal signal = refusal.signal;
    if (localRegistry.deliverOutOfOrder(signal.from(), Undelivered.of(signal, refusal.cause))) {
      return;
    }
    if (left.incrementAndGet() <= MAX_LEFT_OVER) {
      leftOver.add(refusal);
    } else {
      left.decrementAndGet();
      dropped.incrementAndGet();
    }
  }

  /** Retries; called when the pipeline works and some time has passed. */
  public void tryAgain() {
    long untold = dropped.getAndSet(0);
    if (untold > 0) {
      LOG.warn(
          "too many signals are to be given back: {} wait for a retry, {} more were dropped, and"
              + " their senders on other nodes get no notice",
          MAX_LEFT_OVER, untold);
    }
    for (int i = left.get(); i > 0; i--) {
      Refusal refusal = leftOver.poll();
      if (refusal == null) {
        return;
      }
      left.decrementAndGet();
      order(refusal);
    }
  }

  /**
   * Hands over at shutdown: appends the refusals that cannot be sent now to this node's own inbox,
   * for the node that cleans up its tombstone. Nothing may be read from the inbox any more.
   *
   * @return succeeds when the retry queue is empty; never completes if the pipeline does not work
   */
  public Future<Void> handOver() {
    leaving = true;
    tryAgain();
    endIfDone();
    return bequeathed.future();
  }

  /** The number of refusals that wait for a retry or were dropped as too many. */
  public long leftOver() {
    return left.get() + dropped.get();
  }

  /** The header that an {@link Undelivered} needs; the payload may be as long as a message. */
  static Signal inShort(Signal signal) {
    return new Signal(
        signal.kind(), signal.from(), signal.to(), signal.dialect(), "", Bytes.EMPTY,
        signal.reference());
  }
}
