package dev.parley.cluster.registry;

import dev.parley.hub.Recipient;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Delivery;
import dev.parley.signal.IdLost;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Superseded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Local registry: the ids that sessions of this node own or claim, and local delivery between two
 * of them.
 *
 * <p>A signal to a local session is delivered directly if that keeps the order, see {@link
 * InFlightTracker}. Otherwise it goes through Redis, by the {@link RemoteRoute}.
 *
 * <p>Each operation on an id is an atomic update of its entry, and queues its commands into the
 * pipeline within that update. So commands have the order of the updates. Thread-safe, except for
 * answers of the cluster, which arrive on one thread.
 *
 * <p>State of past epochs (see {@link EpochCounter}) has no effect, except for the ids that
 * sessions own.
 */
public final class LocalRegistry {

  private final ConcurrentHashMap<PeerAddress, AddressEntry> entries = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Long, Registration> registrations = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private volatile boolean localDelivery = true;
  private final EpochCounter epochs;
  private final StaleOwners stale;
  private final RemoteRoute remote;
  private final String node;
  private volatile InFlightMark mark;

  /**
   * An empty registry.
   *
   * @param node the name of this node
   * @param stale the stale owners; the registry adds and removes them
   * @param remote sends what cannot be delivered locally
   */
  public LocalRegistry(String node, EpochCounter epochs, StaleOwners stale, RemoteRoute remote) {
    this.node = node;
    this.epochs = epochs;
    this.stale = stale;
    this.remote = remote;
    this.mark = InFlightMark.of(node, epochs.current());
  }

  // ---- signals

  /** The ids that local sessions own or claim; weakly consistent. */
  public Stream<Registration> registrations() {
    return registrations.values().stream();
  }

  /** Whether a registration owns an id, as confirmed by the cluster. */
  public boolean isConfirmed(PeerAddress address, long number) {
    AtomicReference<@Nullable Registration> found = new AtomicReference<>();
    change(address, entry -> found.set(entry.confirmedOwner()));
    Registration owner = found.get();
    return owner != null && owner.number() == number;
  }

  /** Delivers to the owner of the id, if local delivery is open. */
  public boolean deliver(PeerAddress to, Delivery delivery) {
    AddressEntry entry = entries.get(to);
    Registration open = entry == null || !localDelivery ? null : entry.open();
    if (open == null) {
      return false;
    }
    open.recipient().deliver(delivery);
    return true;
  }

  /** Delivers to the owner of the id if it is local, regardless of signals in flight. */
  public boolean deliverOutOfOrder(PeerAddress to, Delivery delivery) {
    boolean[] here = new boolean[1];
    entries.computeIfPresent(
        to,
        (address, entry) -> {
          Registration owner = entry.owner();
          if (owner != null) {
            owner.recipient().deliver(delivery);
            here[0] = true;
          }
          return entry;
        });
    return here[0];
  }

  /**
   * Sends a signal: delivers it locally if that keeps the order, and through Redis otherwise.
   *
   * @param hold how long the signal is held for an absent recipient
   */
  public void send(Recipient sender, Signal signal, Duration hold) {
    if (!deliver(signal.to(), signal)) {
      sendRemotely(sender, signal, hold);
    }
  }

  /** Sends through Redis, unless local delivery has opened since. */
  private void sendRemotely(Recipient sender, Signal signal, Duration hold) {
    entries.compute(
        signal.to(),
        (address, known) -> {
          int current = epochs.current();
          if (known == null) {
            remote.send(sender, signal, hold, current, null);
            return null;
          }
          known.enter(current);
          if (deliver(known, signal)) {
            return known;
          }
          RemoteSend inFlight = new RemoteSend(this, address, mark(current));
          known.remoteSendBegun();
          boolean accepted = false;
          try {
            accepted = remote.send(sender, signal, hold, current, inFlight);
          } finally {
            if (!accepted) {
              known.remoteSendEnded(current);
            }
          }
          return orNothing(known);
        });
  }

  private InFlightMark mark(int epoch) {
    InFlightMark known = mark;
    if (known.epoch() != epoch) {
      known = InFlightMark.of(node, epoch);
      mark = known;
    }
    return known;
  }

  private boolean deliver(AddressEntry entry, Signal signal) {
    Registration open = localDelivery ? entry.open() : null;
    if (open != null) {
      open.recipient().deliver(signal);
    }
    return open != null;
  }

  /** The mark of signals that this node sends now. */
  public InFlightMark mark() {
    return mark(epochs.current());
  }

  /** A signal with a mark of this node has returned through its inbox. */
  public void returned(PeerAddress to, InFlightMark itsMark) {
    remoteSendEnded(to, itsMark.epoch());
  }

  void remoteSendEnded(PeerAddress to, int ofEpoch) {
    change(to, entry -> entry.remoteSendEnded(ofEpoch));
  }

  void remoteSendRoutedAway(PeerAddress to, int ofEpoch) {
    change(to, entry -> entry.remoteSendRoutedAway(ofEpoch));
  }

  /** Whether the owner of the id is local, and local delivery is open. */
  public boolean hasOpen(PeerAddress address) {
    AddressEntry entry = entries.get(address);
    return entry != null && localDelivery && entry.open() != null;
  }

  // ---- claims and releases

  /**
   * Claims an id.
   *
   * @param post queues the claim into the pipeline
   */
  public void claim(Recipient claimant, Claim claim, Predicate<PendingClaim> post) {
    entries.compute(
        claim.address(),
        (address, known) -> {
          int current = epochs.current();
          AddressEntry entry = known == null ? new AddressEntry(current) : known;
          entry.enter(current);
          Registration existing = entry.of(claimant);
          Registration registration = existing == null ? register(claimant, address) : existing;
          PendingClaim pending = new PendingClaim(registration, claim.token(), false, current);
          entry.add(pending);
          if (!post.test(pending)) {
            entry.remove(pending);
            forget(entry, registration);
            claimant.deliver(new ClaimOutcome.Unavailable(address));
          }
          return orNothing(entry);
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
   * @param post queues the release, if the session owns or claims the id
   */
  public void release(
      Recipient owner, PeerAddress address, Consumer<Registration> post) {
    entries.computeIfPresent(
        address,
        (key, entry) -> {
          Registration registration = entry.of(owner);
          if (registration != null) {
            if (registration.isConfirmed() && !registration.isConfirmedIn(epochs.current())) {
              stale.add(registration);
            }
            registration.giveUp();
            if (entry.owner() == registration) {
              entry.setOwner(null, 0);
            }
            forget(entry, registration);
            post.accept(registration);
          }
          return orNothing(entry);
        });
  }

  /** The registration by which a session owns an id; null if it does not. */
  public @Nullable Registration owned(Recipient session, PeerAddress address) {
    Registration[] found = new Registration[1];
    entries.computeIfPresent(
        address,
        (key, entry) -> {
          Registration owner = entry.owner();
          if (owner != null && owner.recipient() == session) {
            found[0] = owner;
          }
          return entry;
        });
    return found[0];
  }

  // ---- answers of the cluster

  /** The registration of a number; null once it has ended. */
  public @Nullable Registration registration(long number) {
    return registrations.get(number);
  }

  /** A claim was granted; so many held signals follow. */
  public void granted(Registration registration, boolean tookOver, int mails) {
    change(
        registration.address(),
        entry -> {
          PendingClaim claim = entry.next(registration, false);
          if (claim != null) {
            entry.remove(claim);
            registration
                .recipient()
                .deliver(new ClaimOutcome.Granted(registration.address(), tookOver));
            own(entry, registration, claim, mails);
          }
        });
  }

  /** An id was claimed again by the node; so many held signals follow. */
  public void kept(Registration registration, int mails) {
    change(
        registration.address(),
        entry -> {
          PendingClaim claim = entry.next(registration, true);
          if (claim != null) {
            entry.remove(claim);
            own(entry, registration, claim, mails);
          }
        });
  }

  private void own(AddressEntry entry, Registration registration, PendingClaim claim, int mails) {
    if (registration.isGivenUp()) {
      forget(entry, registration);
    } else {
      registration.setToken(claim.token());
      entry.setOwner(registration, mails);
    }
  }

  /** One of the held signals was delivered. */
  public void mailArrived(Registration registration) {
    change(
        registration.address(),
        entry -> {
          if (entry.owner() == registration) {
            entry.mailArrived();
          }
        });
  }

  /** The cluster has granted a claim and executed everything before it. */
  public void confirmed(PendingClaim claim) {
    Registration registration = claim.registration();
    change(
        registration.address(),
        entry -> {
          registration.confirm(claim.epoch());
          entry.settle();
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
        entry -> {
          if (entry.remove(claim)) {
            if (!claim.isAgain()) {
              registration.recipient().deliver(outcome);
              forget(entry, registration);
            } else if (entry.owner() == registration) {
              revoke(entry, registration, IdLost.Reason.TAKEN);
            } else {
              forget(entry, registration);
            }
          }
        });
  }

  /**
   * The outcome of a claim is unknown, and stays so: it counts as denied, unless the inbox has
   * already granted it.
   */
  public void unanswered(PendingClaim claim) {
    Registration registration = claim.registration();
    change(
        registration.address(),
        entry -> {
          if (entry.remove(claim)) {
            if (!claim.isAgain()) {
              registration
                  .recipient()
                  .deliver(new ClaimOutcome.Unavailable(registration.address()));
            }
            forget(entry, registration);
          } else {
            registration.confirm(claim.epoch());
            entry.settle();
          }
        });
  }

  /** Another session has taken the id over. */
  public void superseded(Registration registration) {
    change(
        registration.address(),
        entry -> {
          if (entry.owner() == registration) {
            entry.setOwner(null, 0);
            registration.recipient().deliver(new Superseded(registration.address()));
          }
          forget(entry, registration);
        });
  }

  // ---- epochs

  /**
   * Ends the remaining state of past epochs, after the pipeline has dropped their commands: claims
   * that were granted, but whose answers are lost.
   */
  public void endPastEpochs() {
    List<PendingClaim> lost = new ArrayList<>();
    for (PeerAddress address : entries.keySet()) {
      change(
          address,
          entry -> {
            entry.enter(epochs.current());
            lost.addAll(entry.outdated());
          });
    }
    lost.forEach(this::unanswered);
  }

  /**
   * Claims every owned id again.
   *
   * @param post queues the claim into the pipeline
   */
  public void claimAgain(Predicate<PendingClaim> post) {
    for (PeerAddress address : entries.keySet()) {
      change(
          address,
          entry -> {
            Registration owner = entry.owner();
            if (owner != null) {
              claimAgain(entry, owner, post);
            }
          });
    }
  }

  /**
   * Claims an owned id again, since the cluster knows no owner.
   *
   * @param post queues the claim into the pipeline
   */
  public void claimAgain(Registration registration, Predicate<PendingClaim> post) {
    change(
        registration.address(),
        entry -> {
          if (entry.confirmedOwner() == registration && entry.next(registration, true) == null) {
            claimAgain(entry, registration, post);
          }
        });
  }

  private void claimAgain(AddressEntry entry, Registration owner, Predicate<PendingClaim> post) {
    PendingClaim claim = new PendingClaim(owner, owner.token(), true, epochs.current());
    entry.add(claim);
    if (!post.test(claim)) {
      entry.remove(claim);
    }
  }

  /** Revokes every id from its session. */
  public void revokeAll() {
    for (PeerAddress address : entries.keySet()) {
      change(
          address,
          entry -> {
            Registration owner = entry.owner();
            if (owner != null) {
              revoke(entry, owner, IdLost.Reason.UNAVAILABLE);
            }
          });
    }
  }

  /** Revokes an id from its session, if it still owns it. */
  public void revoke(Registration registration, IdLost.Reason reason) {
    change(
        registration.address(),
        entry -> {
          if (entry.owner() == registration) {
            revoke(entry, registration, reason);
          }
        });
  }

  private void revoke(AddressEntry entry, Registration owner, IdLost.Reason reason) {
    entry.setOwner(null, 0);
    stale.add(owner);
    owner.recipient().deliver(new IdLost(owner.address(), reason));
    forget(entry, owner);
  }

  /** Enables or disables local delivery for all ids. */
  public void setLocalDelivery(boolean open) {
    localDelivery = open;
  }

  /** The number of ids that local sessions own or claim. */
  public int size() {
    return registrations.size();
  }

  // ----

  private void change(PeerAddress address, Consumer<AddressEntry> what) {
    entries.computeIfPresent(
        address,
        (key, entry) -> {
          what.accept(entry);
          return orNothing(entry);
        });
  }

  private void forget(AddressEntry entry, Registration registration) {
    if (!entry.knows(registration)) {
      registrations.remove(registration.number());
    }
  }

  private static @Nullable AddressEntry orNothing(AddressEntry entry) {
    return entry.isEmpty() ? null : entry;
  }
}
