package dev.parley.switchboard;

import dev.parley.access.Access;
import dev.parley.group.ForeignCommand.Bring;
import dev.parley.group.ForeignCommand.Lose;
import dev.parley.group.ForeignCommand.Remove;
import dev.parley.group.ForeignCommand.TakeCall;
import dev.parley.group.GroupEvent;
import dev.parley.group.InvitationCommand.Accept;
import dev.parley.group.InvitationCommand.Cancel;
import dev.parley.group.InvitationCommand.Deny;
import dev.parley.group.InvitationCommand.Invite;
import dev.parley.group.InvitationEvent;
import dev.parley.group.NamespaceCommand.RegisterRoom;
import dev.parley.group.NamespaceCommand.RegisterUser;
import dev.parley.group.NamespaceCommand.Subscribe;
import dev.parley.group.NamespaceCommand.UnregisterRoom;
import dev.parley.group.NamespaceCommand.UnregisterUser;
import dev.parley.group.NamespaceCommand.Unsubscribe;
import dev.parley.group.PresenceCommand;
import dev.parley.group.RoomCommand.Join;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.RoomCommand.SetMemberStatus;
import dev.parley.group.RoomCommand.SetRoomStatus;
import dev.parley.group.UserCommand;
import dev.parley.policy.GroupTarget;
import dev.parley.policy.GroupTarget.Kind;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether a client may give a command of groups: the policy decides where the client enters a room
 * or a namespace, and where the command reaches another peer. Commands of a member about its own
 * room are permitted, and so is leaving. Confined to the event loop of the connection.
 */
final class GroupAccess {

  private final Access access;
  /** The rooms of open invitations, which an acceptance does not name; as many as groups allow. */
  private final Map<Long, String> invitations = new HashMap<>();

  GroupAccess(Access access) {
    this.access = access;
  }

  /** Remembers rooms that the user is invited to. */
  void heard(GroupEvent event) {
    switch (event) {
      case InvitationEvent.Received received ->
          invitations.put(received.handle(), received.room());
      case InvitationEvent.Cancelled(long handle) -> invitations.remove(handle);
      default -> {}
    }
  }

  boolean permits(UserCommand command) {
    return switch (command) {
      case Join join -> mayEnter(join.room());
      case Invite invite -> mayEnter(invite.room()) && mayReach(invite, invite.invited());
      case Accept accept -> mayAccept(accept.handle());
      case Deny(var user, long handle) -> {
        invitations.remove(handle);
        yield true;
      }
      case Bring bring -> mayReach(bring, bring.peer());
      case TakeCall call -> mayEnter(call.room()) && mayReach(call, call.peer());
      case SendToMember said -> mayReach(said, said.to());
      case Subscribe subscribe -> mayUse(subscribe.namespace());
      case RegisterUser register -> mayUse(register.namespace());
      case RegisterRoom register -> mayUse(register.namespace()) && mayEnter(register.room());
      case UnregisterRoom unregister ->
          mayUse(unregister.namespace()) && mayEnter(unregister.room());
      case UnregisterUser own -> true;
      case Unsubscribe own -> true;
      case Leave own -> true;
      case SetRoomStatus own -> true;
      case SetMemberStatus own -> true;
      case Lose own -> true;
      case Remove own -> true;
      case Cancel own -> true;
      case PresenceCommand own -> true;
    };
  }

  /** An invitation that a policy forbids to accept stays open, and can be declined. */
  private boolean mayAccept(long handle) {
    String room = invitations.get(handle);
    if (room == null) {
      // There is no such invitation, or none any more, which groups answer.
      return true;
    }
    boolean may = mayEnter(room);
    if (may) {
      invitations.remove(handle);
    }
    return may;
  }

  private boolean mayEnter(String room) {
    return access.mayJoin(new GroupTarget(Kind.ROOM, room));
  }

  private boolean mayUse(String namespace) {
    return access.mayJoin(new GroupTarget(Kind.NAMESPACE, namespace));
  }

  private boolean mayReach(UserCommand command, String peer) {
    return access.maySend(command.user(), command.user().neighbour(peer));
  }
}
