package dev.parley.hub.redis;

import dev.parley.group.Departure;
import dev.parley.group.GroupCommand;
import dev.parley.group.InvitationCommand;
import dev.parley.group.NamespaceCommand;
import dev.parley.group.NamespaceCommand.RegisterRoom;
import dev.parley.group.NamespaceCommand.UnregisterRoom;
import dev.parley.group.PresenceCommand;
import dev.parley.group.RoomCommand;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.RoomDue;
import dev.parley.group.UserCommand;
import dev.parley.group.rules.RecordKey;
import dev.parley.group.rules.RecordKind;
import dev.parley.hub.Recipient;
import io.vertx.core.Promise;
import java.util.LinkedHashSet;
import java.util.Set;

/** What groups have to do, and why. */
sealed interface GroupTask {

  /** What it is. */
  GroupCommand command();

  /** A session asks for it, and is answered. */
  record Asked(UserCommand command, Recipient requester) implements GroupTask {}

  /** A session's user is gone. */
  record Leaving(Departure command, Recipient owner) implements GroupTask {}

  /**
   * The seat of a user's owner is over.
   *
   * @param done told when that has been dealt with, one way or another
   */
  record Orphaned(Departure command, String seat, Promise<Void> done) implements GroupTask {}

  /** The time of a room is up. */
  record Ripe(RoomDue command) implements GroupTask {}

  /**
   * The records that it will most probably change. Tasks of this node that have one in common take
   * turns, so that they do not get into each other's way. More is not needed: what else they change
   * or only read is checked when they are committed.
   */
  default Set<RecordKey> contended() {
    Set<RecordKey> keys = new LinkedHashSet<>();
    switch (command()) {
      case Departure(var user) -> keys.add(user(user.realm(), user.id()));
      case RoomDue(String realm, String room, long emptied) -> keys.add(room(realm, room));
      case UserCommand asked -> {
        String realm = asked.realm();
        keys.add(user(realm, asked.user().id()));
        switch (asked) {
          case SendToMember said -> {}
          case RoomCommand inRoom -> keys.add(room(realm, inRoom.room()));
          case InvitationCommand.Invite invite -> keys.add(room(realm, invite.room()));
          case NamespaceCommand there -> {
            keys.add(new RecordKey(realm, RecordKind.SUBSCRIBERS, there.namespace()));
            switch (there) {
              case RegisterRoom registered -> keys.add(room(realm, registered.room()));
              case UnregisterRoom unregistered -> keys.add(room(realm, unregistered.room()));
              default -> {}
            }
          }
          case PresenceCommand presence -> {}
          case InvitationCommand others -> {}
        }
      }
    }
    return keys;
  }

  private static RecordKey user(String realm, String user) {
    return new RecordKey(realm, RecordKind.USER, user);
  }

  private static RecordKey room(String realm, String room) {
    return new RecordKey(realm, RecordKind.ROOM, room);
  }
}
