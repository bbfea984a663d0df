package dev.parley.cluster.roster;

import dev.parley.hub.Recipient;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Delivery;
import dev.parley.signal.IdLost;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Superseded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ids that sessions of this node own or claim, and the short way between two of them.
 *
 * <p>A signal to a session of this node is handed over directly, unless something that was sent
 * from here to the same id before is still on its way through the cluster (a <i>detour</i>), or
 * mail that was held for it still has to come. So what one session sends to one id arrives in
 * order, whichever way it goes.
 *
 * <p>What happens to one id happens inside an atomic update of its place, and whatever has to be
 * asked of the cluster is put into the lane inside that update. So the lane has the same order. Any
 * thread, but for what the cluster answers, which comes on one thread.
 *
 * <p>A <i>generation</i> is the time of one seat in the cluster. What belonged to a former one has
 * no effect any more, but for the ids that sessions own.
 */
public final class Roster {

  private final ConcurrentHashMap<PeerAddress, Place> places = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Long, Registration> registrations = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicInteger generation = new AtomicInteger(1);
  private volatile boolean shortWay = true;
  private final StaleOwners stale = new StaleOwners();

  /** Puts something into the lane; called inside an atomic update, so it only queues. */
  @FunctionalInterface
  public interface Away {

    /**
     * Puts it in.
     *
     * @param detour whether {@link Roster#detourEnded} is to be called when it has come to its end
     * @param generation to be given back with that
     * @return whether there was room for it
     */
    boolean post(boolean detour, int generation);
  }

  /** The time of the seat that this node has, or will get next. */
  public int generation() {
    return generation.get();
  }

  // ---- signals

  /** The ids that sessions of this node own or claim, as they are while the stream is read. */
  public Stream<Registration> registrations() {
    return registrations.values().stream();
  }

  /** Whether a registration owns an id, as the cluster has confirmed. */
  public boolean isConfirmed(PeerAddress address, long number) {
    AtomicReference<@Nullable Registration> found = new AtomicReference<>();
    change(address, place -> found.set(place.confirmedOwner()));
    Registration owner = found.get();
    return owner != null && owner.number() == number;
  }

  /** Hands a delivery to the owner of the id if it may go the short way. */
  public boolean deliver(PeerAddress to, Delivery delivery) {
    Place place = places.get(to);
    Registration open = place == null || !shortWay ? null : place.open();
    if (open == null) {
      return false;
    }
    open.recipient().deliver(delivery);
    return true;
  }

  /** Hands a delivery to the owner of the id if it is here, whatever is on its way to it. */
  public boolean deliverOutOfOrder(PeerAddress to, Delivery delivery) {
    boolean[] here = new boolean[1];
    places.computeIfPresent(
        to,
        (address, place) -> {
          Registration owner = place.owner();
          if (owner != null) {
            owner.recipient().deliver(delivery);
            here[0] = true;
          }
          return place;
        });
    return here[0];
  }

  /** Sends a signal for which {@link #deliver} has said no, unless it may go the short way now. */
  public void send(Signal signal, Away away) {
    places.compute(
        signal.to(),
        (address, known) -> {
          int current = generation();
          if (known == null) {
            away.post(false, current);
            return null;
          }
          known.enter(current);
          if (deliver(known, signal)) {
            return known;
          }
          known.detourBegun();
          boolean posted = false;
          try {
            posted = away.post(true, current);
          } finally {
            if (!posted) {
              known.detourEnded(current);
            }
          }
          return orNothing(known);
        });
  }

  private boolean deliver(Place place, Signal signal) {
    Registration open = shortWay ? place.open() : null;
    if (open != null) {
      open.recipient().deliver(signal);
    }
    return open != null;
  }

  /** A signal that took the long way has arrived here, or will not arrive at all. */
  public void detourEnded(PeerAddress to, int ofGeneration) {
    change(to, place -> place.detourEnded(ofGeneration));
  }

  /** The cluster has taken a signal elsewhere: its recipient is not, or no longer, on this node. */
  public void detourEndedElsewhere(PeerAddress to, int ofGeneration) {
    change(to, place -> place.detourEndedElsewhere(ofGeneration));
  }

  /** Whether the owner of the id is here and can be reached the short way. */
  public boolean hasOpen(PeerAddress address) {
    Place place = places.get(address);
    return place != null && shortWay && place.open() != null;
  }

  // ---- what sessions want

  /**
   * Claims an id.
   *
   * @param post puts the claim into the lane
   */
  public void claim(Recipient claimant, Claim claim, Predicate<PendingClaim> post) {
    places.compute(
        claim.address(),
        (address, known) -> {
          int current = generation();
          Place place = known == null ? new Place(current) : known;
          place.enter(current);
          Registration existing = place.of(claimant);
          Registration registration = existing == null ? register(claimant, address) : existing;
          PendingClaim pending = new PendingClaim(registration, claim.token(), false, current);
          place.add(pending);
          if (!post.test(pending)) {
            place.remove(pending);
            forget(place, registration);
            claimant.deliver(new ClaimOutcome.Unavailable(address));
          }
          return orNothing(place);
        });
  }

  private Registration register(Recipient claimant, PeerAddress address) {
    Registration registration =
        new Registration(numbers.incrementAndGet(), claimant, address);
    registrations.put(registration.number(), registration);
    return registration;
  }

  /**
   * Gives an id up.
   *
   * @param post puts it into the lane, if the session owns or claims it
   */
  public void release(
      Recipient owner, PeerAddress address, Consumer<Registration> post) {
    places.computeIfPresent(
        address,
        (key, place) -> {
          Registration registration = place.of(owner);
          if (registration != null) {
            if (registration.isConfirmed() && !registration.isConfirmedIn(generation())) {
              stale.add(registration);
            }
            registration.giveUp();
            if (place.owner() == registration) {
              place.setOwner(null, 0);
            }
            forget(place, registration);
            post.accept(registration);
          }
          return orNothing(place);
        });
  }

  /** The registration by which a session owns an id; null if it does not. */
  public @Nullable Registration owned(Recipient session, PeerAddress address) {
    Registration[] found = new Registration[1];
    places.computeIfPresent(
        address,
        (key, place) -> {
          Registration owner = place.owner();
          if (owner != null && owner.recipient() == session) {
            found[0] = owner;
          }
          return place;
        });
    return found[0];
  }

  // ---- what the cluster says

  /** The registration of a number, unless it is over. */
  public @Nullable Registration registration(long number) {
    return registrations.get(number);
  }

  /** A claim was granted; so many signals follow that were held. */
  public void granted(Registration registration, boolean tookOver, int mails) {
    change(
        registration.address(),
        place -> {
          PendingClaim claim = place.next(registration, false);
          if (claim != null) {
            place.remove(claim);
            registration
                .recipient()
                .deliver(new ClaimOutcome.Granted(registration.address(), tookOver));
            own(place, registration, claim, mails);
          }
        });
  }

  /** An id was claimed again by the node; so many signals follow that were held meanwhile. */
  public void kept(Registration registration, int mails) {
    change(
        registration.address(),
        place -> {
          PendingClaim claim = place.next(registration, true);
          if (claim != null) {
            place.remove(claim);
            own(place, registration, claim, mails);
          }
        });
  }

  private void own(Place place, Registration registration, PendingClaim claim, int mails) {
    if (registration.isGivenUp()) {
      forget(place, registration);
    } else {
      registration.setToken(claim.token());
      place.setOwner(registration, mails);
    }
  }

  /** One of the signals that were held has been handed over. */
  public void mailArrived(Registration registration) {
    change(
        registration.address(),
        place -> {
          if (place.owner() == registration) {
            place.mailArrived();
          }
        });
  }

  /** The cluster has dealt with a claim and everything before it, and granted it. */
  public void confirmed(PendingClaim claim) {
    Registration registration = claim.registration();
    change(
        registration.address(),
        place -> {
          registration.confirm(claim.generation());
          place.settle();
        });
    stale.remove(registration);
  }

  /** A claim was not granted. */
  public void denied(PendingClaim claim, ClaimOutcome outcome) {
    Registration registration = claim.registration();
    if (claim.isAgain()) {
      stale.add(registration);
    }
    change(
        registration.address(),
        place -> {
          if (place.remove(claim)) {
            if (!claim.isAgain()) {
              registration.recipient().deliver(outcome);
              forget(place, registration);
            } else if (place.owner() == registration) {
              revoke(place, registration, IdLost.Reason.TAKEN);
            } else {
              forget(place, registration);
            }
          }
        });
  }

  /**
   * What became of a claim is not known, and never will be: it is not granted, unless that has been
   * said already.
   */
  public void unanswered(PendingClaim claim) {
    Registration registration = claim.registration();
    change(
        registration.address(),
        place -> {
          if (place.remove(claim)) {
            if (!claim.isAgain()) {
              registration
                  .recipient()
                  .deliver(new ClaimOutcome.Unavailable(registration.address()));
            }
            forget(place, registration);
          } else {
            registration.confirm(claim.generation());
            place.settle();
          }
        });
  }

  /** Another session has taken the id over. */
  public void superseded(Registration registration) {
    change(
        registration.address(),
        place -> {
          if (place.owner() == registration) {
            place.setOwner(null, 0);
            registration.recipient().deliver(new Superseded(registration.address()));
          }
          forget(place, registration);
        });
  }

  // ---- generations

  /** The seat is over: what is asked of the cluster from now on belongs to the next one. */
  public void nextGeneration() {
    generation.incrementAndGet();
  }

  /**
   * Ends what is left of former generations, after the lane has dropped it: claims that the cluster
   * has granted without being able to say so.
   */
  public void endFormerGenerations() {
    List<PendingClaim> lost = new ArrayList<>();
    for (PeerAddress address : places.keySet()) {
      change(
          address,
          place -> {
            place.enter(generation());
            lost.addAll(place.outdated());
          });
    }
    lost.forEach(this::unanswered);
  }

  /**
   * Claims every id again that a session owns.
   *
   * @param post puts the claim into the lane
   */
  public void claimAgain(Predicate<PendingClaim> post) {
    for (PeerAddress address : places.keySet()) {
      change(
          address,
          place -> {
            Registration owner = place.owner();
            if (owner != null) {
              claimAgain(place, owner, post);
            }
          });
    }
  }

  /**
   * Claims an id again that a session owns, since the cluster knows no owner.
   *
   * @param post puts the claim into the lane
   */
  public void claimAgain(Registration registration, Predicate<PendingClaim> post) {
    change(
        registration.address(),
        place -> {
          if (place.confirmedOwner() == registration && place.next(registration, true) == null) {
            claimAgain(place, registration, post);
          }
        });
  }

  private void claimAgain(Place place, Registration owner, Predicate<PendingClaim> post) {
    PendingClaim claim = new PendingClaim(owner, owner.token(), true, generation());
    place.add(claim);
    if (!post.test(claim)) {
      place.remove(claim);
    }
  }

  /** Takes every id from its session. */
  public void revokeAll() {
    for (PeerAddress address : places.keySet()) {
      change(
          address,
          place -> {
            Registration owner = place.owner();
            if (owner != null) {
              revoke(place, owner, IdLost.Reason.UNAVAILABLE);
            }
          });
    }
  }

  /** Takes an id from its session, if it still has it. */
  public void revoke(Registration registration, IdLost.Reason reason) {
    change(
        registration.address(),
        place -> {
          if (place.owner() == registration) {
            revoke(place, registration, reason);
          }
        });
  }

  private void revoke(Place place, Registration owner, IdLost.Reason reason) {
    place.setOwner(null, 0);
    stale.add(owner);
    owner.recipient().deliver(new IdLost(owner.address(), reason));
    forget(place, owner);
  }

  /** Whether what a session has sent from an id must not go out, as the id may be another's. */
  public boolean isStale(Recipient session, PeerAddress address) {
    return stale.has(session, address);
  }

  /** Whether signals may go the short way at all. */
  public void setShortWay(boolean open) {
    shortWay = open;
  }

  /** How many ids sessions of this node own or claim. */
  public int size() {
    return registrations.size();
  }

  // ----

  private void change(PeerAddress address, Consumer<Place> what) {
    places.computeIfPresent(
        address,
        (key, place) -> {
          what.accept(place);
          return orNothing(place);
        });
  }

  private void forget(Place place, Registration registration) {
    if (!place.knows(registration)) {
      registrations.remove(registration.number());
    }
  }

  private static @Nullable Place orNothing(Place place) {
    return place.isEmpty() ? null : place;
  }
}
