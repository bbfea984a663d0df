package dev.parley.hub.local;

import dev.parley.hub.Hub;
import dev.parley.hub.MailboxLimits;
import dev.parley.hub.Recipient;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Delivery;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Presence;
import dev.parley.signal.Signal;
import dev.parley.signal.Superseded;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The hub of a single node. Each id has an entry in a concurrent table, and every operation on the
 * id is an atomic update of its entry: this orders a claim, the mail that follows it, and signals
 * sent meanwhile. Inside an update only {@link Recipient#deliver} is called, which merely queues.
 */
public final class LocalHub implements Hub {

  /** The documented default. */
  private static final Duration USUAL_HOLD = Duration.ofSeconds(5);

  /** The most ids that are held at a time, of some 300 bytes each; above, none is held. */
  private static final int MAX_HELD = 50_000;

  private final ConcurrentHashMap<PeerAddress, LocalEntry> places = new ConcurrentHashMap<>();
  private final SignalMetrics metrics;
  private final Quota quota;
  private final Deadlines<Bundle> deadlines;
  private final AtomicLong arrivals = new AtomicLong();
  private final AtomicLong bundles = new AtomicLong();
  private final Duration hold;
  private final Deadlines<Lost> holds;
  private final AtomicLong losses = new AtomicLong();
  private final AtomicInteger held = new AtomicInteger();

  /** The signals of one sender that wait for one peer; they expire together. */
  private record Bundle(long id, PeerAddress to) {}

  /** A lost id that is held, with the number of the hold. */
  private record Lost(PeerAddress address, long number) {}

  /** A hub that holds lost ids for the default time. */
  public LocalHub(Vertx vertx, MailboxLimits limits, SignalMetrics metrics) {
    this(vertx, limits, USUAL_HOLD, metrics);
  }

  /**
   * A hub without peers.
   *
   * @param hold how long an id is held for its token after its connection was lost; zero for not at
   *     all
   */
  public LocalHub(Vertx vertx, MailboxLimits limits, Duration hold, SignalMetrics metrics) {
    this.hold = hold;
    this.holds = new Deadlines<>(vertx, this::endHold);
    this.metrics = metrics;
    this.quota = new Quota(limits);
    this.deadlines = new Deadlines<>(vertx, this::expire);
  }

  @Override
  public void claim(Recipient claimant, Claim claim) {
    places.compute(
        claim.address(),
        (address, place) -> switch (place) {
          case LocalEntry.Owned owned -> contest(claimant, claim, owned);
          case Mailbox mailbox when mailbox.isHeldFrom(claim.token()) -> {
            claimant.deliver(new ClaimOutcome.Taken(address));
            yield mailbox;
          }
          case Mailbox mailbox when claim.mayTakeFree() -> {
            if (mailbox.isHeld()) {
              held.decrementAndGet();
            }
            LocalEntry.Owned granted = grantFree(claimant, claim);
            mailbox.empty(claimant).forEach(quota::release);
            yield granted;
          }
          case null -> {
            if (claim.mayTakeFree()) {
              yield grantFree(claimant, claim);
            }
            claimant.deliver(new ClaimOutcome.NotOwned(address));
            yield null;
          }
          case Mailbox mailbox -> {
            claimant.deliver(new ClaimOutcome.NotOwned(address));
            yield mailbox;
          }
        });
  }

  private static LocalEntry.Owned contest(Recipient claimant, Claim claim, LocalEntry.Owned owned) {
    if (owned.owner() == claimant) {
      claimant.deliver(new ClaimOutcome.Granted(claim.address(), false));
      return owned.passedTo(claimant, claim.token());
    }
    if (owned.yieldsTo(claim.token())) {
      owned.owner().deliver(new Superseded(claim.address()));
      claimant.deliver(new ClaimOutcome.Granted(claim.address(), true));
      return owned.passedTo(claimant, claim.token());
    }
    claimant.deliver(new ClaimOutcome.Taken(claim.address()));
    return owned;
  }

  private LocalEntry.Owned grantFree(Recipient claimant, Claim claim) {
    claimant.deliver(new ClaimOutcome.Granted(claim.address(), false));
    return new LocalEntry.Owned(
        claimant, claim.token(), arrivals.incrementAndGet(), new Watchers());
  }

  @Override
  public void release(Recipient owner, PeerAddress address) {
    places.computeIfPresent(
        address,
        (key, place) -> {
          if (place instanceof LocalEntry.Owned owned && owned.owner() == owner) {
            owned.watchers().tellDeparted(address);
            return null;
          }
          return place;
        });
  }

  @Override
  public void lose(Recipient owner, PeerAddress address) {
    places.computeIfPresent(
        address,
        (key, place) -> {
          if (!(place instanceof LocalEntry.Owned owned && owned.owner() == owner)) {
            return place;
          }
          owned.watchers().tellDeparted(address);
          String token = owned.token();
          return token != null && mayHold(token) ? holdFor(address, token) : null;
        });
  }

  private boolean mayHold(String token) {
    if (hold.isZero() || token.length() > Claim.MAX_HELD_TOKEN) {
      return false;
    }
    boolean room = held.incrementAndGet() <= MAX_HELD;
    if (!room) {
      held.decrementAndGet();
    }
    return room;
  }

  private Mailbox holdFor(PeerAddress address, String token) {
    Lost lost = new Lost(address, losses.incrementAndGet());
    Mailbox mailbox = new Mailbox();
    mailbox.hold(new Mailbox.Hold(token, lost.number));
    var unused = holds.add(hold, lost);
    return mailbox;
  }

  private void endHold(Lost lost) {
    places.computeIfPresent(
        lost.address,
        (address, place) -> {
          if (place instanceof Mailbox mailbox && mailbox.endHold(lost.number)) {
            held.decrementAndGet();
            return mailbox.isEmpty() ? null : mailbox;
          }
          return place;
        });
  }

  @Override
  public void send(Recipient sender, Signal signal, Duration hold) {
    // An entry shows an owner only after the owner has got all held signals. An owner that is just
    // losing the id refuses the signal, so no lock is needed.
    if (places.get(signal.to()) instanceof LocalEntry.Owned owned) {
      owned.owner().deliver(signal);
      return;
    }
    places.compute(
        signal.to(),
        (address, place) -> switch (place) {
          case LocalEntry.Owned owned -> {
            owned.owner().deliver(signal);
            yield owned;
          }
          case Mailbox mailbox -> hold(sender, signal, hold, mailbox);
          case null -> hold(sender, signal, hold, null);
        });
  }

  private @Nullable Mailbox hold(Recipient sender, Signal signal, Duration hold,
      @Nullable Mailbox existing) {
    if (hold.isZero()) {
      refuse(sender, signal, Cause.ABSENT);
      return existing;
    }
    Mailbox mailbox = existing == null ? new Mailbox() : existing;
    if (!quota.admits(signal, mailbox)) {
      refuse(sender, signal, Cause.FULL);
      return existing;
    }
    long bundle = mailbox.bundleOf(signal.from());
    if (bundle == 0) {
      bundle = bundles.incrementAndGet();
      deadlines.add(hold, new Bundle(bundle, signal.to()));
    }
    mailbox.add(signal, bundle);
    return mailbox;
  }

  private void refuse(Recipient sender, Signal signal, Cause cause) {
    metrics.undelivered(signal, cause);
    sender.deliver(Undelivered.of(signal, cause));
  }

  private void expire(Bundle bundle) {
    List<Signal> expired = new ArrayList<>();
    places.computeIfPresent(
        bundle.to,
        (address, place) -> {
          if (place instanceof Mailbox mailbox) {
            expired.addAll(mailbox.takeBundle(bundle.id));
            return mailbox.isEmpty() ? null : mailbox;
          }
          return place;
        });
    if (!expired.isEmpty()) {
      for (Signal signal : expired) {
        quota.release(signal);
        metrics.undelivered(signal, Cause.EXPIRED);
      }
      tell(Undelivered.of(expired.getFirst(), Cause.EXPIRED));
    }
  }

  @Override
  public void refuse(Signal signal, Cause cause) {
    tell(Undelivered.of(signal, cause));
  }

  private void tell(Undelivered undelivered) {
    deliverToOwner(undelivered.from(), undelivered);
  }

  private void deliverToOwner(PeerAddress address, Delivery delivery) {
    places.computeIfPresent(
        address,
        (key, place) -> {
          if (place instanceof LocalEntry.Owned owned) {
            owned.owner().deliver(delivery);
          }
          return place;
        });
  }

  @Override
  public Future<Boolean> find(PeerAddress address) {
    return Future.succeededFuture(places.get(address) instanceof LocalEntry.Owned);
  }

  @Override
  public Future<Optional<Peer>> look(PeerAddress address) {
    return Future.succeededFuture(
        places.get(address) instanceof LocalEntry.Owned owned
            ? Optional.of(new Peer(address, owned.owner().dialect()))
            : Optional.empty());
  }

  @Override
  public Future<List<Peer>> list(String realm) {
    record Arrived(Peer peer, long at) {}
    List<Arrived> present = new ArrayList<>();
    for (Map.Entry<PeerAddress, LocalEntry> each : places.entrySet()) {
      if (each.getKey().realm().equals(realm)
          && each.getValue() instanceof LocalEntry.Owned owned) {
        present.add(
            new Arrived(new Peer(each.getKey(), owned.owner().dialect()), owned.arrival()));
      }
    }
    present.sort(Comparator.comparingLong(Arrived::at));
    return Future.succeededFuture(present.stream().map(Arrived::peer).toList());
  }

  @Override
  public void watch(Recipient watcher, PeerAddress watched) {
    places.compute(
        watched,
        (address, place) -> {
          if (place instanceof LocalEntry.Owned owned) {
            owned.watchers().add(watcher);
            watcher.deliver(new Presence.Present(address));
          } else {
            watcher.deliver(new Presence.Departed(address));
          }
          return place;
        });
  }

  @Override
  public void unwatch(Recipient watcher, PeerAddress watched) {
    places.computeIfPresent(
        watched,
        (address, place) -> {
          if (place instanceof LocalEntry.Owned owned) {
            owned.watchers().remove(watcher);
          }
          return place;
        });
  }

  @Override
  public Future<Void> close() {
    deadlines.close();
    holds.close();
    places.clear();
    return Future.succeededFuture();
  }
}
