package dev.parley.group.rules;

import dev.parley.signal.Bytes;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one field of a record holds. */
public sealed interface Value {

  /** The place of something among others of its kind, and that it is there at all. */
  record Position(long at) implements Value {}

  /**
   * An open invitation, as one of its two sides keeps it.
   *
   * @param outgoing whether this side is the inviter
   * @param room where to
   * @param peer the other side
   * @param peerHandle the other side's handle
   */
  record Invitation(boolean outgoing, String room, String peer, long peerHandle)
      implements Value {}

  /**
   * A room that is there.
   *
   * @param linger how long it stays with nobody in it
   * @param maker the user who made it, and may be gone by now; null if that is not known
   */
  record Room(Duration linger, @Nullable String maker) implements Value {}

  /**
   * A member of a room.
   *
   * @param position its place among the members
   * @param own its status in this room
   * @param shown what others see: its status in this room, laid over its own
   * @param inviter who invited it, as long as it is pending; null for a full member
   */
  record Member(long position, Bytes own, Bytes shown, @Nullable String inviter)
      implements Value {

    boolean isPending() {
      return inviter != null;
    }
  }

  /**
   * A member of a room that speaks another dialect.
   *
   * @param entry the number of its membership, which is its place among the members, too
   * @param dialect what it speaks
   * @param lost the full members for which it is not there, as it has hung up on them
   */
  record Foreign(long entry, String dialect, Set<String> lost) implements Value {

    public Foreign {
      // No Set.copyOf: users choose their names, and it looks at all with the same hash.
      lost = Collections.unmodifiableSet(new HashSet<>(lost));
    }
  }

  /** A JSON value. */
  record Json(Bytes json) implements Value {}

  /** How many there are. */
  record Count(long number) implements Value {}
}
