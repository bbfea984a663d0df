package dev.parley.group;

import dev.parley.signal.Bytes;
import dev.parley.signal.GroupDelivery;
import java.util.Map;

/** What becomes of a {@link UserCommand}: told to the session that asked, and to it alone. */
public sealed interface GroupAnswer extends GroupDelivery {

  /** It is done, and there is nothing more to say. */
  record Done() implements GroupAnswer {}

  /** To {@link PresenceCommand.SetStatus}. */
  record StatusHeard(boolean heard) implements GroupAnswer {}

  /**
   * To {@link RoomCommand.Join}.
   *
   * @param peers the other members, in the order in which they came; foreign ones follow the answer
   *     as events
   * @param status the room's status, a JSON object
   */
  record Joined(String room, Map<String, RoomPeer> peers, Bytes status) implements GroupAnswer {}

  /**
   * To {@link NamespaceCommand.Subscribe}.
   *
   * @param users the status of every registered user
   * @param rooms every registered room
   */
  record Subscribed(Map<String, Bytes> users, Map<String, RoomView> rooms)
      implements GroupAnswer {}

  /** To {@link InvitationCommand.Invite}: the inviter's handle. */
  record Invited(long handle) implements GroupAnswer {}

  /**
   * To {@link ForeignCommand.Bring} and {@link ForeignCommand.TakeCall}.
   *
   * @param entry the number of the peer's membership in that room
   */
  record Brought(long entry) implements GroupAnswer {}

  /** Nothing has changed, and nobody else is told. */
  record Refused(Refusal refusal) implements GroupAnswer {}
}
