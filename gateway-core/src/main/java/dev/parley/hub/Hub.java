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
 * Who is where, what is held for whom, and the way to them. Every operation is handed over and
 * returns at once; what comes of it arrives at a {@link Recipient}, in order. Nothing is looked up
 * synchronously, so that memory and a cluster look the same from above.
 *
 * <p>Guarantees, held by one contract test for every implementation:
 *
 * <ol>
 *   <li>Signals from one recipient to one address arrive in the order of the calls, each once.
 *   <li>A signal that was accepted here is delivered, or its sender is told with {@link
 *       Undelivered}, while the sender is there.
 *   <li>An id has one owner. A claim is granted or refused by exactly one {@link
 *       dev.parley.signal.ClaimOutcome}; {@code Granted} comes before everything that is addressed
 *       to the claimant under that id, and what was held follows it directly.
 *   <li>A release by somebody who is not, or no longer, the owner changes nothing.
 *   <li>An id that was lost is not granted to a claim with another token, on whatever node, while it
 *       is held. It is held for a bounded time, and for no token longer than {@link
 *       Claim#LONGEST_HELD_TOKEN}.
 *   <li>Who watches an id is told of its departure once, after all signals that its owner sent to
 *       the watcher.
 * </ol>
 *
 * <p>All methods may be called on any thread.
 */
public interface Hub {

  /**
   * Asks for an id on behalf of {@code claimant}. Claiming an id that one already owns is granted
   * again.
   */
  void claim(Recipient claimant, Claim claim);

  /** Gives an id up. What is sent to it from now on finds nobody there. */
  void release(Recipient owner, PeerAddress address);

  /**
   * Gives an id up whose owner was lost without a word. If it was claimed with a token, it is held
   * for a while: a claim with the same token is granted, one with another is answered as taken. In
   * everything else the id has no owner.
   */
  void lose(Recipient owner, PeerAddress address);

  /**
   * Sends a signal to its recipient.
   *
   * @param sender is told if the signal is refused at once
   * @param hold how long the signal waits for a recipient that is not there; zero to have it
   *     refused with {@code ABSENT} instead. What one sender has waiting for one recipient expires
   *     together, counted from its first signal, and the owner of the sender's id is told once
   */
  void send(Recipient sender, Signal signal, Duration hold);

  /**
   * Gives a signal back that a session got but cannot use, or one of its own that was refused when
   * it could not be told any more: the owner of the sender's id is told. Never forwarded. Counted by
   * whoever refuses.
   */
  void refuse(Signal signal, Undelivered.Cause cause);

  /**
   * Whether somebody owns the id. If a signal that was sent before is refused at once, that is
   * delivered before the answer comes. Completes on any thread; fails with a {@link
   * HubUnavailableException} if that cannot be told now.
   */
  Future<Boolean> find(PeerAddress address);

  /**
   * Who owns the id, if anybody does. A hub that has a shorter way to know than to look through all
   * peers takes that. Completes and fails as {@link #find} does.
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
   * The peers of a realm, in the order in which they came; of those that come or go meanwhile,
   * some. Completes on any thread; fails with a {@link HubUnavailableException} if that cannot be
   * told now.
   */
  Future<List<Peer>> list(String realm);

  /**
   * Watches an id on behalf of {@code watcher}, who is told {@link
   * dev.parley.signal.Presence.Present Present} or {@link dev.parley.signal.Presence.Departed
   * Departed} now, and after the former the latter when nobody owns the id any more. A take-over is
   * no departure. Watching twice is watching once.
   */
  void watch(Recipient watcher, PeerAddress watched);

  /** Ends a watch. What had been told before may still arrive. */
  void unwatch(Recipient watcher, PeerAddress watched);

  /** Lets go of timers and connections. What is still held is dropped. */
  Future<Void> close();
}
