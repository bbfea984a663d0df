package dev.parley.cluster.registry;

/**
 * In-flight tracker of one id: what this node has sent to the id through Redis and what Redis still
 * holds for it. It decides whether a signal may be delivered locally.
 *
 * <p><b>Invariant.</b> Signals from one session to one id arrive in the order in which they were
 * sent, whichever way each takes. Therefore local delivery is open only while none of these is
 * true:
 *
 * <ul>
 *   <li>A signal from this node to the id is in flight through Redis. It counts from the update in
 *       which it is queued until it returns through this node's inbox, is refused, is lost, or has
 *       been routed to another place.
 *   <li>Held mail for the owner, announced by its grant, has not arrived yet.
 *   <li>A signal in flight was routed away although this node has an owner whose claim was executed
 *       before. Then that owner has lost the id and has not been notified yet, and a later signal
 *       that is delivered to it locally would overtake the former. This ends with the next owner.
 * </ul>
 *
 * <p>All of it belongs to one epoch. When the node enters the next one, the commands of the former
 * have failed, so nothing of it is in flight any more, and a late end of it has no effect.
 *
 * <p>Guarded as its {@link AddressEntry} is.
 */
final class InFlightTracker {

  private int epoch;
  private int remoteSends;
  private int mails;
  private boolean routedAway;

  InFlightTracker(int epoch) {
    this.epoch = epoch;
  }

  int epoch() {
    return epoch;
  }

  /** Forgets an earlier epoch; false if the current one is known already. */
  boolean enter(int current) {
    if (epoch == current) {
      return false;
    }
    epoch = current;
    remoteSends = 0;
    mails = 0;
    return true;
  }

  /** The id has another owner, or none; so many held signals follow. */
  void ownerChanged(int mailsThatFollow) {
    mails = mailsThatFollow;
    routedAway = false;
  }

  /** One of the held signals was delivered. */
  void mailArrived() {
    mails--;
  }

  /** A signal is being queued for Redis. */
  void begun() {
    remoteSends++;
  }

  /** A signal has returned, was refused, or is lost. */
  void ended(int ofEpoch) {
    if (ofEpoch == epoch) {
      remoteSends--;
    }
  }

  /**
   * A signal was routed to another place.
   *
   * @param owned whether this node has an owner whose claim was executed before
   */
  void routedAway(int ofEpoch, boolean owned) {
    if (ofEpoch == epoch) {
      routedAway = owned;
      remoteSends--;
    }
  }

  /** Whether local delivery would keep the order. */
  boolean isClear() {
    return remoteSends == 0 && mails == 0 && !routedAway;
  }

  /** Whether signals are in flight, for which the entry must be kept. */
  boolean hasRemoteSends() {
    return remoteSends > 0;
  }
}
