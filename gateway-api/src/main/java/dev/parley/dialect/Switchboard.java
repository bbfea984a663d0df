package dev.parley.dialect;

import dev.parley.group.GroupAnswer;
import dev.parley.group.UserCommand;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A session's access to other peers. Confined to the event loop of the session, except {@link
 * #run}; futures complete on it.
 */
public interface Switchboard {

  /** Claims an id. Until {@code outcome} is called, messages of this session wait. */
  void claim(Claim claim, Consumer<ClaimOutcome> outcome);

  /** Gives an id up before the connection ends. */
  void release(PeerAddress address);

  /**
   * Sends a signal. If it is not delivered, {@link Session#undelivered} is called.
   *
   * @param signal in the session's own dialect, and from an id that it owns
   * @param hold how long it waits for an absent recipient; zero to be notified at once
   */
  void send(Signal signal, Duration hold);

  /**
   * Refuses a signal that this session has taken but cannot use after all: its sender is notified.
   */
  void refuse(Signal signal, Undelivered.Cause cause);

  /**
   * Counts a signal as dropped: one of this session that is better not sent, since it would disturb
   * its recipient, or one that this session {@linkplain ForeignOutcome#HELD holds} and gives up.
   *
   * @param dialect the dialect of the recipient
   */
  void drop(Signal signal, String dialect);

  /** The memory budget for signals that this session {@linkplain ForeignOutcome#HELD holds}. */
  default Reserve reserve() {
    return Reserve.UNBOUNDED;
  }

  /** Counts a signal as delivered that this session {@linkplain ForeignOutcome#HELD held}. */
  void delivered(Signal signal);

  /**
   * Watches a peer: {@link Session#present} or {@link Session#departed} is called once now, and
   * after the former the latter when it leaves. Idempotent.
   */
  void watch(PeerAddress peer);

  /** Ends a watch. */
  void unwatch(PeerAddress peer);

  /**
   * Whether the id has an owner, of whatever dialect. The answer is in order with deliveries: if a
   * signal that was sent before is refused at once, the refusal comes first.
   */
  Future<Boolean> find(PeerAddress address);

  /**
   * The owner of the id, if there is one, with its dialect. As {@link #find}, but messages of this
   * session wait for the answer: for sessions that must answer their client in order.
   */
  Future<Optional<Peer>> look(PeerAddress address);

  /**
   * Whether the session may know of a peer and send to it; for peers that are not of this gateway.
   * Everything else of this interface asks by itself: a peer that the session may not send to is
   * absent to it.
   */
  default boolean mayReach(PeerAddress peer) {
    return true;
  }

  /**
   * Runs a group command in the name of a user whose id the session owns. Until {@code answer} is
   * called, messages of this session wait; events that precede the answer are passed to {@link
   * Session#group} in order.
   *
   * <p>A session has one user at most: the one that it has {@linkplain
   * dev.parley.group.PresenceCommand.Arrive arrive}. The user departs when the session ends or
   * gives the id up.
   */
  void group(UserCommand command, Consumer<GroupAnswer> answer);

  /** The peers of a realm, of all dialects, in order of arrival. */
  Future<List<Peer>> list(String realm);

  /**
   * Runs {@code task} on the session's event loop, in order with deliveries, unless the connection
   * has ended by then: for events from outside, such as those of a {@link Channel}. Thread-safe.
   */
  void run(Runnable task);
}
