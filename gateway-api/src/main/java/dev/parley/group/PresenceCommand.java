package dev.parley.group;

import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;

/**
 * A user comes, or changes. It goes when its session ends or gives the id up, see {@link
 * Departure}.
 */
public sealed interface PresenceCommand extends UserCommand {

  /**
   * The user is here from now on, and can be invited. Answered with {@link GroupAnswer.Done}.
   *
   * @param status what others see of the user, any JSON value
   */
  record Arrive(PeerAddress user, Bytes status) implements PresenceCommand {}

  /**
   * The user's status, in place of the former one. Answered with {@link GroupAnswer.StatusHeard}.
   */
  record SetStatus(PeerAddress user, Bytes status) implements PresenceCommand {}
}
