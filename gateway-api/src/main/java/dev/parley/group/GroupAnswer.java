package dev.parley.group;

import dev.parley.signal.Bytes;
import dev.parley.signal.GroupDelivery;
import java.util.Map;

/** The answer to a {@link UserCommand}, delivered to the requester alone. */
public sealed interface GroupAnswer extends GroupDelivery {

  /** Done, without further data. */
  record Done() implements GroupAnswer {}

  /** Answers {@link PresenceCommand.SetStatus}. */
  record StatusHeard(boolean heard) implements GroupAnswer {}

  /**
   * Answers {@link RoomCommand.Join}.
   *
   * @param peers the other members, in order of arrival; foreign ones follow as events
   * @param status the room's status, a JSON object
   */
  record Joined(String room, Map<String, RoomPeer> peers, Bytes status) implements GroupAnswer {}

  /**
   * Answers {@link NamespaceCommand.Subscribe}.
   *
   * @param users the status of every registered user
   * @param rooms every registered room
   */
  record Subscribed(Map<String, Bytes> users, Map<String, RoomView> rooms)
      implements GroupAnswer {}

  /** Answers {@link InvitationCommand.Invite}: the inviter's handle. */
  record Invited(long handle) implements GroupAnswer {}

  /**
   * Answers {@link ForeignCommand.Bring} and {@link ForeignCommand.TakeCall}.
   *
   * @param entry the number of the peer's membership in that room
   */
  record Brought(long entry) implements GroupAnswer {}

  /** Refused: nothing has changed, and no events are sent. */
  record Refused(Refusal refusal) implements GroupAnswer {}
}
