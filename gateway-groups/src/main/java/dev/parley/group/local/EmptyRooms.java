package dev.parley.group.local;

import dev.parley.group.RoomDue;
import dev.parley.hub.local.Deadlines;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of a realm that are empty, in the order in which they became so: a list that is linked
 * by its elements, as there may be very many. One thread at a time.
 */
final class EmptyRooms {

  private final Deadlines<Due> deadlines;
  private @Nullable Due oldest;
  private @Nullable Due newest;

  /** An empty room whose time is running. */
  static final class Due {

    private final LocalRecord room;
    private final RoomDue command;
    private Deadlines.@Nullable Entry<Due> deadline;
    private @Nullable Due before;
    private @Nullable Due after;

    private Due(LocalRecord room, RoomDue command) {
      this.room = room;
      this.command = command;
    }

    /** What is carried out when its time is up. */
    RoomDue command() {
      return command;
    }

    /** Whether its time still runs. */
    boolean isValid() {
      return room.due() == this;
    }
  }

  EmptyRooms(Deadlines<Due> deadlines) {
    this.deadlines = deadlines;
  }

  /** A room has become empty. */
  void add(LocalRecord room, RoomDue command, Duration after) {
    forget(room);
    // With the name that the record has: it is not kept twice.
    Due due = new Due(room,
        new RoomDue(room.key().realm(), room.key().id(), command.emptied()));
    due.deadline = deadlines.add(after, due);
    room.setDue(due);
    due.before = newest;
    if (newest == null) {
      oldest = due;
    } else {
      newest.after = due;
    }
    newest = due;
  }

  /** A room is not empty any more, or gone. */
  void forget(LocalRecord room) {
    Due due = room.due();
    if (due == null) {
      return;
    }
    room.setDue(null);
    Due before = due.before;
    Due after = due.after;
    if (before == null) {
      oldest = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.before = before;
    }
    due.before = null;
    due.after = null;
    if (due.deadline != null) {
      deadlines.cancel(due.deadline);
    }
  }

  /** Forgets the room that has been empty for the longest time; null if there is none. */
  @Nullable
  RoomDue forgetOldest() {
    Due due = oldest;
    if (due == null) {
      return null;
    }
    forget(due.room);
    return due.command;
  }
}
