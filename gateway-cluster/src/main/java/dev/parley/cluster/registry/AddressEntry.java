package dev.parley.cluster.registry;

import dev.parley.hub.Recipient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The registry's entry of one id that a local session owns or claims, or that has local signals in
 * flight through Redis. Guarded by the registry's table: accessed only inside an atomic update of
 * the id, except for {@link #open}.
 */
final class AddressEntry {

  /** The owner, if local delivery is open. */
  private volatile @Nullable Registration open;

  private @Nullable Registration owner;
  private List<PendingClaim> claims = List.of();
  private int remoteSends;
  private int mails;
  private int epoch;
  private boolean lost;

  AddressEntry(int epoch) {
    this.epoch = epoch;
  }

  /** The owner, if signals of this node may be delivered to it locally. Thread-safe. */
  @Nullable
  Registration open() {
    return open;
  }

  @Nullable
  Registration owner() {
    return owner;
  }

  /** The owner, if the cluster has confirmed it. */
  @Nullable
  Registration confirmedOwner() {
    return owner != null && owner.isConfirmed() ? owner : null;
  }

  /** Drops the state of an earlier epoch, except claims and the owner. */
  void enter(int current) {
    if (epoch != current) {
      epoch = current;
      remoteSends = 0;
      mails = 0;
      settle();
    }
  }

  void setOwner(@Nullable Registration registration, int mailsThatFollow) {
    owner = registration;
    mails = mailsThatFollow;
    lost = false;
    settle();
  }

  void mailArrived() {
    mails--;
    settle();
  }

  /** A signal of this node is in flight through Redis although its recipient may be local. */
  void remoteSendBegun() {
    remoteSends++;
    settle();
  }

  void remoteSendEnded(int ofEpoch) {
    if (ofEpoch == epoch) {
      remoteSends--;
      settle();
    }
  }

  /**
   * A signal in flight has ended, and its recipient was not on this node. If this node has an owner
   * nevertheless, whose claim was executed before, then that owner has lost the id, but has not
   * been notified yet. Later signals must not overtake the former by local delivery to it.
   */
  void remoteSendEndedElsewhere(int ofEpoch) {
    if (ofEpoch == epoch) {
      lost = owner != null && owner.isConfirmed();
    }
    remoteSendEnded(ofEpoch);
  }

  /** Opens or closes local delivery: it is closed while earlier signals are in flight. */
  void settle() {
    Registration now = owner;
    boolean clear = remoteSends == 0 && mails == 0 && !lost;
    open = now != null && now.isConfirmed() && clear ? now : null;
  }

  /** The registration by which a session owns or claims the id. */
  @Nullable
  Registration of(Recipient session) {
    if (owner != null && owner.recipient() == session) {
      return owner;
    }
    for (PendingClaim claim : claims) {
      if (claim.registration().recipient() == session && !claim.registration().isGivenUp()) {
        return claim.registration();
      }
    }
    return null;
  }

  void add(PendingClaim claim) {
    if (claims.isEmpty()) {
      claims = new ArrayList<>(1);
    }
    claims.add(claim);
  }

  /** Removes a claim; false if it was removed before. */
  boolean remove(PendingClaim claim) {
    boolean there = claims.remove(claim);
    if (claims.isEmpty()) {
      claims = List.of();
    }
    return there;
  }

  /** The oldest claim of a registration, which is answered next. */
  @Nullable
  PendingClaim next(Registration registration, boolean again) {
    for (PendingClaim claim : claims) {
      if (claim.registration() == registration && claim.isAgain() == again
          && claim.epoch() == epoch) {
        return claim;
      }
    }
    return null;
  }

  /** Claims of past epochs. */
  List<PendingClaim> outdated() {
    return claims.stream().filter(claim -> claim.epoch() != epoch).toList();
  }

  /** Whether a registration still owns or claims the id. */
  boolean knows(Registration registration) {
    return owner == registration
        || claims.stream().anyMatch(claim -> claim.registration() == registration);
  }

  boolean isEmpty() {
    return owner == null && claims.isEmpty() && remoteSends == 0;
  }
}
