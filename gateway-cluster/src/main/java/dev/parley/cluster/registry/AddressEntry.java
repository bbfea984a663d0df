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
  private final InFlightTracker inFlight;

  AddressEntry(int epoch) {
    this.inFlight = new InFlightTracker(epoch);
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
    if (inFlight.enter(current)) {
      settle();
    }
  }

  void setOwner(@Nullable Registration registration, int mailsThatFollow) {
    owner = registration;
    inFlight.ownerChanged(mailsThatFollow);
    settle();
  }

  void mailArrived() {
    inFlight.mailArrived();
    settle();
  }

  /** See {@link InFlightTracker#begun}. */
  void remoteSendBegun() {
    inFlight.begun();
    settle();
  }

  /** See {@link InFlightTracker#ended}. */
  void remoteSendEnded(int ofEpoch) {
    inFlight.ended(ofEpoch);
    settle();
  }

  /** See {@link InFlightTracker#routedAway}. */
  void remoteSendRoutedAway(int ofEpoch) {
    inFlight.routedAway(ofEpoch, confirmedOwner() != null);
    settle();
  }

  /** Opens or closes local delivery, as the {@link InFlightTracker} permits. */
  void settle() {
    Registration now = confirmedOwner();
    open = now != null && inFlight.isClear() ? now : null;
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
          && claim.epoch() == inFlight.epoch()) {
        return claim;
      }
    }
    return null;
  }

  /** Claims of past epochs. */
  List<PendingClaim> outdated() {
    return claims.stream().filter(claim -> claim.epoch() != inFlight.epoch()).toList();
  }

  /** Whether a registration still owns or claims the id. */
  boolean knows(Registration registration) {
    return owner == registration
        || claims.stream().anyMatch(claim -> claim.registration() == registration);
  }

  boolean isEmpty() {
    return owner == null && claims.isEmpty() && !inFlight.hasRemoteSends();
  }
}
