package dev.parley.group;

import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import java.time.Duration;

/**
 * A user invites somebody into a room, or deals with an invitation. Inviter and invited know one
 * invitation by two handles: each user's invitations, in and out, are numbered from 0.
 */
public sealed interface InvitationCommand extends UserCommand {

  /**
   * Invites a user, who is a pending member from then on. The inviter need not be a member; a room
   * that is not there is made. Answered with {@link GroupAnswer.Invited}.
   *
   * @param invited who is invited
   * @param data what the invited user is told with it, any JSON value
   * @param linger how long the room stays with nobody in it, if it is made now
   */
  record Invite(PeerAddress user, String room, String invited, Bytes data, Duration linger)
      implements InvitationCommand {}

  /** Takes an invitation back. Answered with {@link GroupAnswer.Done}. */
  record Cancel(PeerAddress user, long handle) implements InvitationCommand {}

  /**
   * Becomes a member. Answered with {@link GroupAnswer.Done}.
   *
   * @param status what the user's status in this room adds to, and changes in, its own
   */
  record Accept(PeerAddress user, long handle, Bytes status) implements InvitationCommand {}

  /** Does not want to. Answered with {@link GroupAnswer.Done}. */
  record Deny(PeerAddress user, long handle) implements InvitationCommand {}
}
