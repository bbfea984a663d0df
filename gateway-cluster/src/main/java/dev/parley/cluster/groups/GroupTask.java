package dev.parley.cluster.groups;

import dev.parley.group.Departure;
import dev.parley.group.GroupCommand;
import dev.parley.group.RoomDue;
import dev.parley.group.UserCommand;
import dev.parley.group.rules.RecordKey;
import dev.parley.group.rules.RecordKind;
import dev.parley.hub.Recipient;
import dev.parley.signal.PeerAddress;
import io.vertx.core.Promise;

/** A task of groups, by its cause. */
sealed interface GroupTask {

  /** The command to run. */
  GroupCommand command();

  /** A session sent the command and waits for its answer. */
  record Asked(UserCommand command, Recipient requester) implements GroupTask {}

  /** A session's user has gone. */
  record Leaving(Departure command, Recipient owner) implements GroupTask {}

  /**
   * The epoch of a user's owner has ended.
   *
   * @param done completed when the task is finished; whether the user has departed
   */
  record Orphaned(Departure command, String nodeEpoch, Promise<Boolean> done)
      implements GroupTask {}

  /** The deadline of a room is due. */
  record DueDeadlines(RoomDue command) implements GroupTask {}

  /**
   * An empty room is evicted before its deadline.
   *
   * @param done run when the task is finished
   */
  record Evicted(RoomDue command, Runnable done) implements GroupTask {}

  /** The key that serializes tasks: tasks with the same key run in order of arrival. */
  default RecordKey key() {
    return switch (command()) {
      case UserCommand asked -> user(asked.user());
      case Departure departure -> user(departure.user());
      case RoomDue(String realm, String room, long emptied) -> new RecordKey(
          realm, RecordKind.ROOM, room);
    };
  }

  /** The key of a user's record. */
  static RecordKey user(PeerAddress user) {
    return new RecordKey(user.realm(), RecordKind.USER, user.id());
  }
}
