package dev.parley.group;

import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import java.time.Duration;

/**
 * A command of a user about a <em>foreign member</em> of a room: a peer of another dialect, which
 * knows nothing of rooms and sends no commands. Each full member has its own conversation with it,
 * and only full members get events about it. A user that becomes a full member gets {@link
 * RoomEvent.ForeignAdded} for each foreign member, right after its answer.
 *
 * <p>A foreign member has a number in its room, its <em>entry</em>. A peer that is removed and
 * brought in again has another one, so a command about the former entry changes nothing. A foreign
 * member stays while there is a full member that has not lost it; it is removed when the last one
 * leaves, departs, or loses it.
 */
public sealed interface ForeignCommand extends UserCommand {

  /** The room's name. */
  String room();

  /** The id of the peer. */
  String peer();

  /**
   * Makes the peer a member of a room that the user is in. The other full members get {@link
   * RoomEvent.ForeignAdded}. If the user has lost it before, it becomes present again for this
   * user, and the others get no event. Answered with {@link GroupAnswer.Brought}.
   *
   * @param dialect the dialect of the peer
   */
  record Bring(PeerAddress user, String room, String peer, String dialect)
      implements ForeignCommand {}

  /**
   * Makes the user and a peer that has called it members of a room; one that is a member already
   * stays one. Creates the room if it does not exist. Answered with {@link GroupAnswer.Brought}.
   *
   * @param status merged over the user's own status in this room
   * @param linger how long an empty room lingers, if it is created now
   * @param dialect the dialect of the peer
   */
  record TakeCall(PeerAddress user, String room, Bytes status, Duration linger, String peer,
      String dialect) implements ForeignCommand {}

  /**
   * The conversation between the user and the peer has ended, those of other members have not: the
   * peer is no longer present for this user. Always answered with {@link GroupAnswer.Done}.
   *
   * @param entry the membership of the peer
   */
  record Lose(PeerAddress user, String room, String peer, long entry) implements ForeignCommand {}

  /**
   * The peer's connection has ended: it is removed, and the other full members that have not lost
   * it get {@link RoomEvent.ForeignRemoved}. Idempotent: every session that learns of the end may
   * send it, and the first one counts. Always answered with {@link GroupAnswer.Done}.
   *
   * @param entry the membership of the peer
   */
  record Remove(PeerAddress user, String room, String peer, long entry)
      implements ForeignCommand {}
}
