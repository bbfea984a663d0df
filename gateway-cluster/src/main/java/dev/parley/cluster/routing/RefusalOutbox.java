package dev.parley.cluster.routing;

import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.CommandPipeline.Bound;
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
 * If this node leaves first, it hands the queue over. Thread-safe, except {@link #retry} and
 * {@link #handOver}, which are confined to the hub's event loop.
 */
public final class RefusalOutbox {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalOutbox.class);
  private static final int MAX_QUEUED = 50_000;

  private final CommandPipeline pipeline;
  private final LocalRegistry localRegistry;
  private final Queue<Refusal> retryQueue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Promise<Void> handedOver = Promise.promise();
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
    pipeline.submit(command, PendingCommand.ignored(), Bound.UNLIMITED);
  }

  /** Refuses a signal: notifies the owner of the sender's id that it was not delivered. */
  public void refuse(Signal signal, Cause cause) {
    if (localRegistry.deliver(signal.from(), Undelivered.of(signal, cause))) {
      return;
    }
    Refusal refusal = new Refusal(headerForRefusal(signal), cause);
    if (pipeline.isOpen()) {
      submit(refusal);
    } else {
      queueForRetry(refusal);
    }
  }

  private void submit(Refusal refusal) {
    boolean handsOver = leaving;
    byte[] envelope = Envelope.seal(refusal.signal, "");
    Command<Boolean> command =
        handsOver
            ? new HandOverCommand(refusal.cause, envelope)
            : new RefuseCommand(refusal.cause, envelope);
    PendingCommand.Answer<Boolean> answer =
        new PendingCommand.Answer<>() {
          @Override
          public void done(Boolean delivered) {
            if (!delivered && leaving && !handsOver) {
              submit(refusal);
            } else if (!delivered) {
              queueForRetry(refusal);
            }
            answered();
          }

          @Override
          public void failed() {
            queueForRetry(refusal);
            answered();
          }

          @Override
          public boolean isUnconfirmed() {
            return true;
          }

          @Override
          public void lostByFailover() {
            queueForRetry(refusal);
          }
        };
    inFlight.incrementAndGet();
    pipeline.submit(command, answer, Bound.UNLIMITED);
  }

  private void answered() {
    inFlight.decrementAndGet();
    endIfDone();
  }

  private void endIfDone() {
    if (leaving && inFlight.get() == 0 && queued.get() == 0) {
      handedOver.tryComplete();
    }
  }

  /** A local sender is notified at once; all other refusals wait for a retry. */
  private void queueForRetry(Refusal refusal) {
    Signal signal = refusal.signal;
    if (localRegistry.deliverOutOfOrder(signal.from(), Undelivered.of(signal, refusal.cause))) {
      return;
    }
    if (queued.incrementAndGet() <= MAX_QUEUED) {
      retryQueue.add(refusal);
    } else {
      queued.decrementAndGet();
      dropped.incrementAndGet();
    }
  }

  /** Retries; called when the pipeline works and some time has passed. */
  public void retry() {
    assert pipeline.loop().isCurrent();
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      LOG.warn(
          "too many signals are to be given back: {} wait for a retry, {} more were dropped, and"
              + " their senders on other nodes get no notice",
          MAX_QUEUED, lost);
    }
    for (int i = queued.get(); i > 0; i--) {
      Refusal refusal = retryQueue.poll();
      if (refusal == null) {
        return;
      }
      queued.decrementAndGet();
      submit(refusal);
    }
  }

  /**
   * Hands over at shutdown: appends the refusals that cannot be sent now to this node's own inbox,
   * for the node that cleans up its tombstone. Nothing may be read from the inbox any more.
   *
   * @return succeeds when the retry queue is empty; never completes if the pipeline does not work
   */
  public Future<Void> handOver() {
    assert pipeline.loop().isCurrent();
    leaving = true;
    retry();
    endIfDone();
    return handedOver.future();
  }

  /** The number of refusals that wait for a retry or were dropped as too many. */
  public long unsent() {
    return queued.get() + dropped.get();
  }

  /** The header that an {@link Undelivered} needs; the payload may be as long as a message. */
  static Signal headerForRefusal(Signal signal) {
    return new Signal(
        signal.kind(), signal.from(), signal.to(), signal.dialect(), "", Bytes.EMPTY,
        signal.reference());
  }
}
