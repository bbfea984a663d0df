package dev.parley.group;

import dev.parley.group.ForeignCommand.TakeCall;
import dev.parley.group.InvitationCommand.Accept;
import dev.parley.group.InvitationCommand.Cancel;
import dev.parley.group.InvitationCommand.Deny;
import dev.parley.group.InvitationCommand.Invite;
import dev.parley.group.NamespaceCommand.RegisterRoom;
import dev.parley.group.NamespaceCommand.UnregisterRoom;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.PresenceCommand.SetStatus;
import dev.parley.group.RoomCommand.Join;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.RoomCommand.SetMemberStatus;
import dev.parley.group.RoomCommand.SetRoomStatus;
import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import org.jspecify.annotations.Nullable;

/**
 * A request of a user. It is answered by exactly one {@link GroupAnswer}; its effects on others are
 * {@link GroupEvent}s.
 */
public sealed interface UserCommand extends GroupCommand
    permits PresenceCommand, RoomCommand, NamespaceCommand, InvitationCommand, ForeignCommand {

  /** The requester: an id that its session owns. */
  PeerAddress user();

  @Override
  default String realm() {
    return user().realm();
  }

  /** About how many bytes it counts for where memory is bounded. */
  default int weight() {
    return 64 + switch (this) {
      case Arrive arrive -> arrive.status().length();
      case SetStatus set -> set.status().length();
      case Join join -> join.room().length() + join.status().length();
      case Leave leave -> leave.room().length();
      case SetRoomStatus set ->
          set.room().length() + set.key().length() + length(set.value())
              + (set.expected() == null ? 0 : length(set.expected().value()));
      case SetMemberStatus set -> set.room().length() + set.status().length();
      case SendToMember said ->
          said.room().length() + said.to().length() + said.name().length() + said.data().length();
      case RegisterRoom register -> register.namespace().length() + register.room().length();
      case UnregisterRoom unregister ->
          unregister.namespace().length() + unregister.room().length();
      case NamespaceCommand other -> other.namespace().length();
      case Invite invite ->
          invite.room().length() + invite.invited().length() + invite.data().length();
      case Accept accept -> accept.status().length();
      case Cancel cancel -> 0;
      case Deny deny -> 0;
      case TakeCall call ->
          call.room().length() + call.peer().length() + call.status().length();
      case ForeignCommand other -> other.room().length() + other.peer().length();
    };
  }

  private static int length(@Nullable Bytes value) {
    return value == null ? 0 : value.length();
  }
}
