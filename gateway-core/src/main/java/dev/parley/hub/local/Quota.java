package dev.parley.hub.local;

import dev.parley.hub.MailboxLimits;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Admission control for held signals: counts them per sender and in total, and rejects above a
 * bound. Thread-safe.
 */
final class Quota {

  private final MailboxLimits limits;
  private final ConcurrentHashMap<PeerAddress, Account> senders = new ConcurrentHashMap<>();
  private final AtomicLong bytesInAll = new AtomicLong();

  private record Account(int signals, long bytes) {
    static final Account NONE = new Account(0, 0);

    Account plus(int signals, long bytes) {
      return new Account(this.signals + signals, this.bytes + bytes);
    }
  }

  Quota(MailboxLimits limits) {
    this.limits = limits;
  }

  /**
   * Counts {@code signal} in, unless a bound of its mailbox, its sender, or the node is reached.
   */
  boolean admits(Signal signal, Mailbox mailbox) {
    int weight = MailboxLimits.weightOf(signal);
    if (mailbox.size() >= limits.signalsPerPeer()
        || mailbox.bytes() + weight > limits.bytesPerPeer().bytes()) {
      return false;
    }
    if (bytesInAll.addAndGet(weight) > limits.bytesInAll().bytes()) {
      bytesInAll.addAndGet(-weight);
      return false;
    }
    if (!admitsSender(signal.from(), weight)) {
      bytesInAll.addAndGet(-weight);
      return false;
    }
    return true;
  }

  private boolean admitsSender(PeerAddress sender, int weight) {
    boolean[] admitted = new boolean[1];
    senders.compute(
        sender,
        (address, account) -> {
          Account now = account == null ? Account.NONE : account;
          Account next = now.plus(1, weight);
          admitted[0] = next.signals <= limits.signalsPerSender()
              && next.bytes <= limits.bytesPerSender().bytes();
          return admitted[0] ? next : account;
        });
    return admitted[0];
  }

  /** Counts {@code signal} out: it was delivered, or has expired. */
  void release(Signal signal) {
    int weight = MailboxLimits.weightOf(signal);
    bytesInAll.addAndGet(-weight);
    senders.computeIfPresent(
        signal.from(),
        (address, account) -> account.signals == 1 ? null : account.plus(-1, -weight));
  }
}
