package dev.parley.group;

import dev.parley.signal.Bytes;

/** An event for one of the two sides of an invitation. */
public sealed interface InvitationEvent extends GroupEvent {

  /** The recipient's handle of the invitation. */
  long handle();

  /**
   * The user is invited.
   *
   * @param room the name of the room
   * @param view the room and its members, without the invited user
   * @param inviter the inviter
   * @param data any JSON value of the inviter
   */
  record Received(long handle, String room, RoomView view, String inviter, Bytes data)
      implements InvitationEvent {}

  /** The inviter has cancelled, or is gone. */
  record Cancelled(long handle) implements InvitationEvent {}

  /** The invited user has accepted or declined; its departure counts as declined. */
  record Answered(long handle, boolean accepted) implements InvitationEvent {}
}
