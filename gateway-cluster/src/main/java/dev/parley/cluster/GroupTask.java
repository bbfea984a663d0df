package dev.parley.cluster;

import dev.parley.group.Departure;
import dev.parley.group.GroupCommand;
import dev.parley.group.RoomDue;
import dev.parley.group.UserCommand;
import dev.parley.group.rules.RecordKey;
import dev.parley.group.rules.RecordKind;
import dev.parley.hub.Recipient;
import dev.parley.signal.PeerAddress;
import io.vertx.core.Promise;

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
   * @param done told when that has been dealt with: whether the user is gone
   */
  record Orphaned(Departure command, String seat, Promise<Boolean> done) implements GroupTask {}

  /** The time of a room is up. */
  record Ripe(RoomDue command) implements GroupTask {}

  /**
   * A room that is empty is removed before its time.
   *
   * @param done run when that has been dealt with
   */
  record Evicted(RoomDue command, Runnable done) implements GroupTask {}

  /** Tasks with the same record here are dealt with in the order in which they came. */
  default RecordKey line() {
    return switch (command()) {
      case UserCommand asked -> user(asked.user());
      case Departure(PeerAddress user) -> user(user);
      case RoomDue(String realm, String room, long emptied) -> new RecordKey(
          realm, RecordKind.ROOM, room);
    };
  }

  /** The record of a user. */
  static RecordKey user(PeerAddress user) {
    return new RecordKey(user.realm(), RecordKind.USER, user.id());
  }
}
