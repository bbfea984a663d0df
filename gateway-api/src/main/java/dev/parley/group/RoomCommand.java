package dev.parley.group;

import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A user does something in a room. */
public sealed interface RoomCommand extends UserCommand {

  /** The room's name. */
  String room();

  /**
   * Becomes a member; a room that is not there is made. Answered with {@link GroupAnswer.Joined}.
   *
   * @param status what the user's status in this room adds to, and changes in, its own
   * @param linger how long the room stays with nobody in it, if it is made now
   */
  record Join(PeerAddress user, String room, Bytes status, Duration linger)
      implements RoomCommand {}

  /** Is a member no longer. Answered with {@link GroupAnswer.Done}. */
  record Leave(PeerAddress user, String room) implements RoomCommand {}

  /**
   * Sets one key of the room's status. Answered with {@link GroupAnswer.Done}.
   *
   * @param value null to remove the key
   * @param expected what the key must have been, or nothing is changed; null to set it in any case
   */
  record SetRoomStatus(PeerAddress user, String room, String key, @Nullable Bytes value,
      @Nullable Expected expected) implements RoomCommand {}

  /**
   * What a key of a room's status is expected to be, compared as a JSON value.
   *
   * @param value null if the key is expected to be absent
   */
  record Expected(@Nullable Bytes value) {}

  /** The user's status in this room. Answered with {@link GroupAnswer.Done}. */
  record SetMemberStatus(PeerAddress user, String room, Bytes status) implements RoomCommand {}

  /**
   * Says something to one member. Answered with {@link GroupAnswer.Done}.
   *
   * @param to the member
   * @param name what kind of thing is said
   * @param data any JSON value
   */
  record SendToMember(PeerAddress user, String room, String to, String name, Bytes data)
      implements RoomCommand {}
}
