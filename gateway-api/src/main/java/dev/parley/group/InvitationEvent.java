package dev.parley.group;

import dev.parley.signal.Bytes;

/** What the two sides of an invitation are told. */
public sealed interface InvitationEvent extends GroupEvent {

  /** The handle by which the user who is told knows the invitation. */
  long handle();

  /**
   * The user is invited.
   *
   * @param room the name of the room
   * @param view the room and its members without the invited user
   * @param inviter who invites
   * @param data what the inviter says with it, any JSON value
   */
  record Received(long handle, String room, RoomView view, String inviter, Bytes data)
      implements InvitationEvent {}

  /** The inviter took it back, or is gone. */
  record Cancelled(long handle) implements InvitationEvent {}

  /** The invited user accepted or denied, or is gone, which counts as denied. */
  record Answered(long handle, boolean accepted) implements InvitationEvent {}
}
