package dev.parley.group;

import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import java.time.Duration;

/**
 * A user does something about a <em>foreign member</em> of a room: a peer of another dialect, which
 * knows nothing of rooms and does nothing in them itself. Each full member has its own conversation
 * with it, and only full members hear of it; a user that becomes one hears of the foreign members
 * right after its answer, with {@link RoomEvent.ForeignAdded}.
 *
 * <p>A foreign member has a number in its room, its <em>entry</em>. A peer that is removed and
 * brought in again has another one, so a command about the former entry changes nothing. A foreign
 * member stays as long as there is a full member that has not lost it; when the last one leaves,
 * departs or loses it, it is a member no longer.
 */
public sealed interface ForeignCommand extends UserCommand {

  /** The room's name. */
  String room();

  /** The id of the peer. */
  String peer();

  /**
   * Makes the peer a member of a room that the user is in. The other full members get {@link
   * RoomEvent.ForeignAdded}. For a user that has lost it, it is there again, and the others get
   * nothing. Answered with {@link GroupAnswer.Brought}.
   *
   * @param dialect what the peer speaks
   */
  record Bring(PeerAddress user, String room, String peer, String dialect)
      implements ForeignCommand {}

  /**
   * Becomes a member of a room together with a peer that has called the user; whichever of the two
   * is there already stays. A room that is not there is made. Answered with {@link
   * GroupAnswer.Brought}.
   *
   * @param status what the user's status in this room adds to, and changes in, its own
   * @param linger how long the room stays when it is empty, if it is made now
   * @param dialect what the peer speaks
   */
  record TakeCall(PeerAddress user, String room, Bytes status, Duration linger, String peer,
      String dialect) implements ForeignCommand {}

  /**
   * The conversation between the user and the peer is over, those of others are not: the peer is
   * there no longer for this user. Answered with {@link GroupAnswer.Done} in any case.
   *
   * @param entry which membership of the peer it is about
   */
  record Lose(PeerAddress user, String room, String peer, long entry) implements ForeignCommand {}

  /**
   * The peer's connection has ended: it is a member no longer, and the other full members that have
   * not lost it get {@link RoomEvent.ForeignRemoved}. Every session that hears of the end may say
   * so; the first one counts. Answered with {@link GroupAnswer.Done} in any case.
   *
   * @param entry which membership of the peer it is about
   */
  record Remove(PeerAddress user, String room, String peer, long entry)
      implements ForeignCommand {}
}
