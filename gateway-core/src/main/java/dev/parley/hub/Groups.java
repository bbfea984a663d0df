package dev.parley.hub;

import dev.parley.group.UserCommand;
import dev.parley.signal.PeerAddress;
import io.vertx.core.Future;

/**
 * Users, rooms, namespaces, and invitations, kept in memory or in a cluster; {@code
 * dev.parley.group.rules} has their rules. Like those of the {@link Hub}, operations are
 * asynchronous: they return at once, and their results arrive at {@link Recipient}s.
 *
 * <p>Guarantees, held by one contract test for every implementation:
 *
 * <ol>
 * <li>Exactly one {@link dev.parley.group.GroupAnswer} answers each command, delivered to its
 * requester.
 * <li>Commands of a realm are serialized and atomic; those of one recipient take effect in the
 * order of the calls. All answers and events of a realm are delivered in that one order, as by a
 * server with a single thread.
 * <li>A user belongs to the recipient that sent its
 * {@link dev.parley.group.PresenceCommand.Arrive Arrive}. Commands of another recipient in its name
 * are refused with {@code NOT_HERE}. If another recipient, which owns the id by now, sends an
 * {@code Arrive}, the former user departs first.
 * <li>A departure leaves nothing of a user; afterwards its recipient gets only events that were
 * already in flight. A departure by a recipient that does not, or no longer, own the user changes
 * nothing. A hub may remove a user of very many large rooms from one room after the other, with
 * other commands in between, but from all of them before the user arrives again.
 * </ol>
 *
 * <p>All methods are thread-safe.
 */
public interface Groups {

  /**
   * Runs a command.
   *
   * @param requester receives the answer; must own the id of the user in whose name it asks
   */
  void command(Recipient requester, UserCommand command);

  /** Departs a user: everything that it took part in ends. Not answered. */
  void depart(Recipient owner, PeerAddress user);

  /** Releases timers and connections. */
  Future<Void> close();
}
