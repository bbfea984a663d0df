package dev.parley.hub;

import dev.parley.signal.Claim;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Registry of peers, mailboxes, and message bus. Operations are asynchronous: they return at once,
 * and their results arrive at a {@link Recipient}, in order. There are no synchronous look-ups, so
 * memory and a cluster are interchangeable.
 *
 * <p>Guarantees, held by one contract test for every implementation:
 *
 * <ol>
 * <li>Signals from one recipient to one address arrive in the order of the calls, each exactly
 * once.
 * <li>An accepted signal is delivered, or its sender gets {@link Undelivered}, while the sender is
 * connected.
 * <li>An id has one owner. Exactly one {@link dev.parley.signal.ClaimOutcome} answers a claim;
 * {@code Granted} precedes everything addressed to the claimant under that id, and held signals
 * follow it directly.
 * <li>A release by a recipient that is not, or no longer, the owner changes nothing.
 * <li>While a lost id is held, no node grants it to a claim with another token. It is held for a
 * bounded time, and for no token longer than {@link Claim#MAX_HELD_TOKEN}.
 * <li>A watcher of an id is notified of its departure once, after all signals that its owner sent
 * to the watcher.
 * </ol>
 *
 * <p>All methods are thread-safe.
 */
public interface Hub {

  /**
   * Claims an id for {@code claimant}. Claiming an id that the claimant already owns is granted
   * again.
   */
  void claim(Recipient claimant, Claim claim);

  /** Gives an id up. Signals to it are absent from now on, until it is claimed again. */
  void release(Recipient owner, PeerAddress address);

  /**
   * Gives an id up whose connection was lost without a close. If it was claimed with a token, it is
   * held for a while: a claim with the same token is granted, one with another token is answered as
   * taken. In every other respect the id has no owner.
   */
  void lose(Recipient owner, PeerAddress address);

  /**
   * Sends a signal to its recipient.
   *
   * @param sender is notified if the signal is refused at once
   * @param hold how long the signal waits for an absent recipient; zero to refuse it with {@code
   *     ABSENT} instead. All signals that one sender has waiting for one recipient expire together,
   *     counted from the first, and the owner of the sender's id is notified once
   */
  void send(Recipient sender, Signal signal, Duration hold);

  /**
   * Refuses a signal that a session received but cannot use, or returns a refusal that its session
   * could not receive any more: the owner of the sender's id is notified. Never forwarded. The
   * caller counts it.
   */
  void refuse(Signal signal, Undelivered.Cause cause);

  /**
   * Whether the id has an owner. If a signal that was sent before is refused at once, the refusal
   * is delivered before the answer. Completes on any thread; fails with a {@link
   * HubUnavailableException} if the hub is unavailable.
   */
  Future<Boolean> find(PeerAddress address);

  /**
   * The owner of the id, if there is one. A hub with a faster way than listing all peers overrides
   * this. Completes and fails as {@link #find} does.
   */
  default Future<Optional<Peer>> look(PeerAddress address) {
    return find(address)
        .compose(there -> there
            ? list(address.realm()).map(all -> all.stream()
                .filter(peer -> peer.address().equals(address))
                .findFirst())
            : Future.succeededFuture(Optional.empty()));
  }

  /**
   * The peers of a realm, in order of arrival; of those that come or go meanwhile, some. Completes
   * on any thread; fails with a {@link HubUnavailableException} if the hub is unavailable.
   */
  Future<List<Peer>> list(String realm);

  /**
   * Watches an id for {@code watcher}, which gets {@link dev.parley.signal.Presence.Present
   * Present} or {@link dev.parley.signal.Presence.Departed Departed} now, and after the former the
   * latter when the id has no owner any more. A take-over is no departure. Idempotent.
   */
  void watch(Recipient watcher, PeerAddress watched);

  /** Ends a watch. Notices that were already in flight may still arrive. */
  void unwatch(Recipient watcher, PeerAddress watched);

  /** Releases timers and connections. Held signals are dropped. */
  Future<Void> close();
}
