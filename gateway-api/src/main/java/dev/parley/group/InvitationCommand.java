package dev.parley.group;

import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import java.time.Duration;

/**
 * A command about an invitation into a room. Inviter and invited know one invitation by two
 * handles: each user's invitations, sent and received, are numbered from 0.
 */
public sealed interface InvitationCommand extends UserCommand {

  /**
   * Invites a user, who becomes a pending member. The inviter need not be a member. Creates the
   * room if it does not exist. Answered with {@link GroupAnswer.Invited}.
   *
   * @param invited the invited user
   * @param data passed on to the invited user, any JSON value
   * @param linger how long an empty room lingers, if it is created now
   */
  record Invite(PeerAddress user, String room, String invited, Bytes data, Duration linger)
      implements InvitationCommand {}

  /** Cancels an invitation. Answered with {@link GroupAnswer.Done}. */
  record Cancel(PeerAddress user, long handle) implements InvitationCommand {}

  /**
   * Accepts an invitation: the user becomes a full member. Answered with {@link GroupAnswer.Done}.
   *
   * @param status merged over the user's own status in this room
   */
  record Accept(PeerAddress user, long handle, Bytes status) implements InvitationCommand {}

  /** Declines an invitation. Answered with {@link GroupAnswer.Done}. */
  record Deny(PeerAddress user, long handle) implements InvitationCommand {}
}
