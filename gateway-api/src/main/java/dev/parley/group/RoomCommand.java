package dev.parley.group;

import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A command of a user in a room. */
public sealed interface RoomCommand extends UserCommand {

  /** The room's name. */
  String room();

  /**
   * Joins the room; creates it if it does not exist. Answered with {@link GroupAnswer.Joined}.
   *
   * @param status merged over the user's own status in this room
   * @param linger how long an empty room lingers, if it is created now
   */
  record Join(PeerAddress user, String room, Bytes status, Duration linger)
      implements RoomCommand {}

  /** Leaves the room. Answered with {@link GroupAnswer.Done}. */
  record Leave(PeerAddress user, String room) implements RoomCommand {}

  /**
   * Sets one key of the room's status. Answered with {@link GroupAnswer.Done}.
   *
   * @param value null to remove the key
   * @param expected the value that the key must have, otherwise nothing changes; null to set it in
   *     any case
   */
  record SetRoomStatus(PeerAddress user, String room, String key, @Nullable Bytes value,
      @Nullable Expected expected) implements RoomCommand {}

  /**
   * The expected value of a key of a room's status, compared as a JSON value.
   *
   * @param value null if the key must be absent
   */
  record Expected(@Nullable Bytes value) {}

  /** Sets the user's status in this room. Answered with {@link GroupAnswer.Done}. */
  record SetMemberStatus(PeerAddress user, String room, Bytes status) implements RoomCommand {}

  /**
   * Sends a message to one member. Answered with {@link GroupAnswer.Done}.
   *
   * @param to the member
   * @param name the kind of message
   * @param data any JSON value
   */
  record SendToMember(PeerAddress user, String room, String to, String name, Bytes data)
      implements RoomCommand {}
}
