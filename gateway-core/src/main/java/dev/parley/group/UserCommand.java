package dev.parley.group;

import dev.parley.signal.PeerAddress;

/**
 * What a user asks for. It is answered by exactly one {@link GroupAnswer}; what others are told of
 * it are {@link GroupEvent}s.
 */
public sealed interface UserCommand extends GroupCommand
    permits PresenceCommand, RoomCommand, NamespaceCommand, InvitationCommand {

  /** Who asks: an id that the asking session owns. */
  PeerAddress user();

  @Override
  default String realm() {
    return user().realm();
  }
}
