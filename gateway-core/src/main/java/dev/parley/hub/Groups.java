package dev.parley.hub;

import dev.parley.group.UserCommand;
import dev.parley.signal.PeerAddress;
import io.vertx.core.Future;

/**
 * Who is here as a user of groups, rooms, namespaces and invitations, kept in memory or in a
 * cluster; what they mean is said by {@code dev.parley.group.rules}. Like the {@link Hub},
 * everything is handed over and returns at once; what comes of it arrives at {@link Recipient}s.
 *
 * <p>Guarantees, held by one contract test for every implementation:
 *
 * <ol>
 *   <li>Every command is answered by exactly one {@link dev.parley.group.GroupAnswer}, delivered to
 *       the recipient that gave it.
 *   <li>Commands of a realm take effect one after the other, each whole or not at all, those of one
 *       recipient in the order of the calls. Everybody is told of them in that order: answers and
 *       events reach all recipients as one server with a single thread would have sent them.
 *   <li>A user belongs to the recipient that gave its {@link
 *       dev.parley.group.PresenceCommand.Arrive Arrive}. Commands in its name by anybody else are
 *       refused with {@code NOT_HERE}; if somebody else has it arrive, which takes the id, the user
 *       that was here departs first.
 *   <li>After a departure nothing of a user is left, and its recipient is told no events any more
 *       that were not on their way. A departure by somebody whom the user does not belong to, or no
 *       longer, changes nothing.
 * </ol>
 *
 * <p>All methods may be called on any thread.
 */
public interface Groups {

  /**
   * Has a command carried out.
   *
   * @param requester is answered; it must own the id of the user in whose name it asks
   */
  void command(Recipient requester, UserCommand command);

  /** The user is gone, and everything that it took part in ends. Not answered. */
  void depart(Recipient owner, PeerAddress user);

  /** Lets go of timers and connections. */
  Future<Void> close();
}
