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
 * A session's way to other peers. Event loop of the session only, but for {@link #run}; futures
 * complete on it.
 */
public interface Switchboard {

  /** Asks for an id. Until {@code outcome} is called, messages of this session wait. */
  void claim(Claim claim, Consumer<ClaimOutcome> outcome);

  /** Gives an id up before the connection is over. */
  void release(PeerAddress address);

  /**
   * Sends a signal. If it reaches nobody, {@link Session#undelivered} is called.
   *
   * @param signal what to send, in the session's own dialect and from an id that it owns
   * @param hold how long it waits for a recipient that is not there; zero to be told at once
   */
  void send(Signal signal, Duration hold);

  /**
   * Gives a signal back that this session took but can do nothing with after all: its sender is
   * told.
   */
  void refuse(Signal signal, Undelivered.Cause cause);

  /**
   * Counts a signal as dropped: one of this session that is better not sent, since it would disturb
   * its recipient, or one that this session {@linkplain Reception#HELD holds} and gives up.
   *
   * @param dialect what the recipient speaks
   */
  void drop(Signal signal, String dialect);

  /** The memory for signals that this session {@linkplain Reception#HELD holds}. */
  default Reserve reserve() {
    return Reserve.UNBOUNDED;
  }

  /** Counts a signal as delivered that this session {@linkplain Reception#HELD held}. */
  void delivered(Signal signal);

  /**
   * Watches a peer: {@link Session#present} or {@link Session#departed} is called once now, and
   * after the former the latter when it leaves. Watching twice changes nothing.
   */
  void watch(PeerAddress peer);

  /** Watches a peer no longer. */
  void unwatch(PeerAddress peer);

  /**
   * Whether somebody owns the id, whatever the dialect. The answer comes in its place among what
   * the session is told: if a signal that was sent before is refused at once, that comes first.
   */
  Future<Boolean> find(PeerAddress address);

  /**
   * Who owns the id, if anybody does, and what that session speaks. As {@link #find}, but until the
   * answer is there, messages of this session wait: for who has to answer its client in order.
   */
  Future<Optional<Peer>> look(PeerAddress address);

  /**
   * Asks for something in groups, in the name of a user whose id the session owns. Until {@code
   * answer} is called, messages of this session wait; what others do meanwhile, and what they are
   * told before the answer, comes to {@link Session#group} in its place.
   *
   * <p>A session has one user at most: the one that it has {@linkplain
   * dev.parley.group.PresenceCommand.Arrive arrive}. The user departs when the session ends or
   * gives the id up.
   */
  void group(UserCommand command, Consumer<GroupAnswer> answer);

  /** The peers of a realm, of all dialects, in the order in which they came. */
  Future<List<Peer>> list(String realm);

  /**
   * Runs {@code task} on the session's event loop, in its place among what the session is told,
   * unless the connection is over by then: for what comes from elsewhere, such as a {@link
   * Channel}. Any thread.
   */
  void run(Runnable task);
}
