package dev.parley.cluster.roster;

import dev.parley.hub.Recipient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of one id that a session of it owns or claims, or that signals of it are on
 * their way to. Guarded by the roster's table: touched only inside an atomic update of the id,
 * except for {@link #open}.
 */
final class Place {

  /** The owner, if signals may be handed to it here. */
  private volatile @Nullable Registration open;

  private @Nullable Registration owner;
  private List<PendingClaim> claims = List.of();
  private int detours;
  private int mails;
  private int generation;
  private boolean lost;

  Place(int generation) {
    this.generation = generation;
  }

  /** The owner, if signals from this node may go to it directly. Any thread. */
  @Nullable
  Registration open() {
    return open;
  }

  @Nullable
  Registration owner() {
    return owner;
  }

  /** The owner, if the cluster has confirmed that. */
  @Nullable
  Registration confirmedOwner() {
    return owner != null && owner.isConfirmed() ? owner : null;
  }

  /** Leaves what belonged to an earlier generation behind, but for claims and the owner. */
  void enter(int current) {
    if (generation != current) {
      generation = current;
      detours = 0;
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

  /** A signal of this node goes through the cluster although its recipient may be here. */
  void detourBegun() {
    detours++;
    settle();
  }

  void detourEnded(int ofGeneration) {
    if (ofGeneration == generation) {
      detours--;
      settle();
    }
  }

  /**
   * A signal has come to the end of its way and its recipient was not on this node. If there is an
   * owner here nevertheless, and its claim was carried out before, it has lost the id and has yet
   * to hear of it: what is sent from now on must not overtake that signal by going to it.
   */
  void detourEndedElsewhere(int ofGeneration) {
    if (ofGeneration == generation) {
      lost = owner != null && owner.isConfirmed();
    }
    detourEnded(ofGeneration);
  }

  /** Decides anew whether signals may go directly: nothing must be on its way that came before. */
  void settle() {
    Registration now = owner;
    boolean clear = detours == 0 && mails == 0 && !lost;
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

  /** Takes a claim out; false if it has been taken out before. */
  boolean remove(PendingClaim claim) {
    boolean there = claims.remove(claim);
    if (claims.isEmpty()) {
      claims = List.of();
    }
    return there;
  }

  /** The claim of a registration that is answered next. */
  @Nullable
  PendingClaim next(Registration registration, boolean again) {
    for (PendingClaim claim : claims) {
      if (claim.registration() == registration && claim.isAgain() == again
          && claim.generation() == generation) {
        return claim;
      }
    }
    return null;
  }

  /** Claims of former generations. */
  List<PendingClaim> outdated() {
    return claims.stream().filter(claim -> claim.generation() != generation).toList();
  }

  /** Whether a registration still owns or claims the id. */
  boolean knows(Registration registration) {
    return owner == registration
        || claims.stream().anyMatch(claim -> claim.registration() == registration);
  }

  boolean isEmpty() {
    return owner == null && claims.isEmpty() && detours == 0;
  }
}
