package dev.parley.group.rules;

import dev.parley.signal.Bytes;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The value of one field of a record. */
public sealed interface Value {

  /** Instances of smaller numbers are shared. */
  int SHARED = 64;

  /** Presence of an entry, and its position among others of its kind. */
  record Position(long at) implements Value {

    private static final Position[] SMALL =
        LongStream.range(0, SHARED).mapToObj(Position::new).toArray(Position[]::new);

    /** A position; small ones are shared, as there are very many. */
    public static Position of(long at) {
      return at >= 0 && at < SHARED ? SMALL[(int) at] : new Position(at);
    }
  }

  /**
   * An open invitation, as stored for one of its two sides.
   *
   * @param outgoing whether this side is the inviter
   * @param room the room it is for
   * @param peer the other side
   * @param peerHandle the other side's handle
   */
  record Invitation(boolean outgoing, String room, String peer, long peerHandle)
      implements Value {}

  /**
   * A room that exists.
   *
   * @param linger how long it lingers when empty
   * @param maker its creator, who may have left; null if unknown
   */
  record Room(Duration linger, @Nullable String maker) implements Value {}

  /**
   * A member of a room.
   *
   * @param position its position among the members
   * @param own its status in this room
   * @param shown what others see: its status in this room, merged over its own
   * @param inviter the inviter of a pending member; null for a full one
   */
  record Member(long position, Bytes own, Bytes shown, @Nullable String inviter)
      implements Value {

    boolean isPending() {
      return inviter != null;
    }
  }

  /**
   * A foreign member of a room.
   *
   * @param entry the number of its membership, and its position among the members
   * @param dialect its dialect
   * @param lost full members that have lost it: it has hung up on them
   */
  record Foreign(long entry, String dialect, Set<String> lost) implements Value {

    public Foreign {
      // Not Set.copyOf: users choose their names, and all of its instances share one hash salt.
      lost = Collections.unmodifiableSet(new HashSet<>(lost));
    }
  }

  /** A JSON value. */
  record Json(Bytes json) implements Value {}

  /** A counter. */
  record Count(long number) implements Value {

    private static final Count[] SMALL =
        LongStream.range(0, SHARED).mapToObj(Count::new).toArray(Count[]::new);

    /** A count; small ones are shared, as there are very many. */
    public static Count of(long number) {
      return number >= 0 && number < SHARED ? SMALL[(int) number] : new Count(number);
    }
  }
}
