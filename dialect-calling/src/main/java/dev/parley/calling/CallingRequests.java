package dev.parley.calling;

import dev.parley.calling.CallingClientMessage.Request;
import dev.parley.group.InvitationCommand.Accept;
import dev.parley.group.InvitationCommand.Cancel;
import dev.parley.group.InvitationCommand.Deny;
import dev.parley.group.InvitationCommand.Invite;
import dev.parley.group.NamespaceCommand.RegisterRoom;
import dev.parley.group.NamespaceCommand.RegisterUser;
import dev.parley.group.NamespaceCommand.Subscribe;
import dev.parley.group.NamespaceCommand.UnregisterRoom;
import dev.parley.group.NamespaceCommand.UnregisterUser;
import dev.parley.group.NamespaceCommand.Unsubscribe;
import dev.parley.group.PresenceCommand.SetStatus;
import dev.parley.group.RoomCommand.Expected;
import dev.parley.group.RoomCommand.Join;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.RoomCommand.SetMemberStatus;
import dev.parley.group.RoomCommand.SetRoomStatus;
import dev.parley.group.UserCommand;
import dev.parley.signal.PeerAddress;
import java.time.Duration;
import java.util.UUID;

/**
 * What one user's requests mean to groups.
 *
 * @param self the user
 * @param linger how long rooms stay with nobody in them
 */
record CallingRequests(PeerAddress self, Duration linger) {

  /** No invitation has this handle. */
  private static final long NO_HANDLE = -1;

  /** What a request asks of groups. */
  UserCommand meaning(Request request) {
    CallingFields fields = request.fields();
    return switch (request.command()) {
      case STATUS -> new SetStatus(self, fields.status());
      case ROOM_JOIN -> new Join(self, roomToJoin(fields), fields.status(), linger);
      case ROOM_LEAVE -> new Leave(self, fields.text("room"));
      case ROOM_STATUS -> new SetRoomStatus(self, fields.text("room"), fields.text("key"),
          fields.jsonOrNull("value"),
          fields.isSet("check") ? new Expected(fields.jsonOrNull("previous")) : null);
      case ROOM_PEER_STATUS -> new SetMemberStatus(self, fields.text("room"), fields.status());
      case ROOM_PEER_TO -> new SendToMember(self, fields.text("room"), fields.text("user"),
          fields.text("event"), fields.json("data"));
      case NS_SUBSCRIBE -> new Subscribe(self, fields.text("namespace"));
      case NS_UNSUBSCRIBE -> new Unsubscribe(self, fields.text("namespace"));
      case NS_USER_REGISTER -> new RegisterUser(self, fields.text("namespace"));
      case NS_USER_UNREGISTER -> new UnregisterUser(self, fields.text("namespace"));
      case NS_ROOM_REGISTER ->
          new RegisterRoom(self, fields.text("namespace"), fields.text("room"));
      case NS_ROOM_UNREGISTER ->
          new UnregisterRoom(self, fields.text("namespace"), fields.text("room"));
      case INVITE_SEND -> new Invite(self, fields.text("room"), fields.text("user"),
          fields.json("data"), linger);
      case INVITE_CANCEL -> new Cancel(self, handle(fields));
      case INVITE_ACCEPT -> new Accept(self, handle(fields), fields.status());
      case INVITE_DENY -> new Deny(self, handle(fields));
      case PING, REMOTE_PING, REMOTE_TIMEOUT -> throw new IllegalArgumentException(
          request.command() + " is between the client and its session");
    };
  }

  /** Who names no room gets a new one. */
  private static String roomToJoin(CallingFields fields) {
    return fields.get("room") == null ? UUID.randomUUID().toString() : fields.text("room");
  }

  /** Clients count in JavaScript's numbers. */
  private static long handle(CallingFields fields) {
    double number = fields.number("handle");
    return number == Math.rint(number) ? (long) number : NO_HANDLE;
  }
}
