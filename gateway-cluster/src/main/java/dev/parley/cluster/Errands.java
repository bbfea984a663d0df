package dev.parley.cluster;

import dev.parley.cluster.roster.Roster;
import dev.parley.cluster.script.BequeathCommand;
import dev.parley.cluster.script.Command;
import dev.parley.cluster.script.Envelope;
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
 * What several parts of the hub have the lane do without waiting for a result. A signal that is
 * given back outlives the seat: if it could not be done on this one, it is done on the next; so
 * does one whose sender's node is between two seats. If this node leaves before, others do it. Any
 * thread, but for {@link #tryAgain} and {@link #bequeath}, which belong to the hub's event loop.
 */
final class Errands {

  private static final Logger LOG = LoggerFactory.getLogger(Errands.class);
  private static final int MOST_LEFT_OVER = 50_000;

  private final Lane lane;
  private final Roster roster;
  private final Queue<Refusal> leftOver = new ConcurrentLinkedQueue<>();
  private final AtomicInteger left = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicInteger underWay = new AtomicInteger();
  private final Promise<Void> bequeathed = Promise.promise();
  private volatile boolean leaving;

  private record Refusal(Signal signal, Cause cause) {}

  Errands(Lane lane, Roster roster) {
    this.lane = lane;
    this.roster = roster;
  }

  /** Has it done, whatever else waits; not if the seat ends before. */
  void run(Command<?> command) {
    lane.insist(Order.silently(command, roster.generation()));
  }

  /** Tells the owner of the sender's id that a signal did not arrive. */
  void giveBack(Signal signal, Cause cause) {
    if (roster.deliver(signal.from(), Undelivered.of(signal, cause))) {
      return;
    }
    Refusal refusal = new Refusal(inShort(signal), cause);
    if (lane.isOpen()) {
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
            ? new BequeathCommand(refusal.cause, envelope)
            : new RefuseCommand(refusal.cause, envelope);
    Order.Answer<Boolean> answer =
        new Order.Answer<>() {
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
    lane.insist(new Order<>(command, roster.generation(), answer));
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

  /** Who is here is told at once; for all others it has to wait. */
  private void leave(Refusal refusal) {
    Signal signal = refusal.signal;
    if (roster.deliverOutOfOrder(signal.from(), Undelivered.of(signal, refusal.cause))) {
      return;
    }
    if (left.incrementAndGet() <= MOST_LEFT_OVER) {
      leftOver.add(refusal);
    } else {
      left.decrementAndGet();
      dropped.incrementAndGet();
    }
  }

  /** The lane works, and time has passed. */
  void tryAgain() {
    long untold = dropped.getAndSet(0);
    if (untold > 0) {
      LOG.warn(
          "too many signals are to be given back: beside {} that wait for it there were {} more,"
              + " whose senders on other nodes are not told",
          MOST_LEFT_OVER, untold);
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
   * The node leaves: what cannot be given back now is left in its inbox, for whoever cleans up
   * after it. So nothing of the inbox may be read any more.
   *
   * @return done when nothing is left over; never if the lane does not work
   */
  Future<Void> bequeath() {
    leaving = true;
    tryAgain();
    endIfDone();
    return bequeathed.future();
  }

  /** How many signals wait to be given back, or are too many for that. */
  long leftOver() {
    return left.get() + dropped.get();
  }

  /** What an {@link Undelivered} is made of; all else may be as long as a message. */
  static Signal inShort(Signal signal) {
    return new Signal(
        signal.kind(), signal.from(), signal.to(), signal.dialect(), "", Bytes.EMPTY,
        signal.reference());
  }
}
