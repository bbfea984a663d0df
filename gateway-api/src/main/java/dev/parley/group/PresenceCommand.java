package dev.parley.group;

import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;

/**
 * A command about a user's presence. The user departs when its session ends or gives the id up, see
 * {@link Departure}.
 */
public sealed interface PresenceCommand extends UserCommand {

  /**
   * Makes the user present, so that it can be invited. Answered with {@link GroupAnswer.Done}.
   *
   * @param status the status that others see, any JSON value
   */
  record Arrive(PeerAddress user, Bytes status) implements PresenceCommand {}

  /** Replaces the user's status. Answered with {@link GroupAnswer.StatusHeard}. */
  record SetStatus(PeerAddress user, Bytes status) implements PresenceCommand {}
}
