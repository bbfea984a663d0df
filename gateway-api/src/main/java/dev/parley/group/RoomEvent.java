package dev.parley.group;

import dev.parley.signal.Bytes;

/** An event for the members of a room. Events about foreign members are for full members only. */
public sealed interface RoomEvent extends GroupEvent {

  /** The room's name. */
  String room();

  /** A change of another member. */
  record PeerNews(String room, PeerChange change) implements RoomEvent {}

  /**
   * Another member has changed the room's status.
   *
   * @param status the whole status, a JSON object
   */
  record StatusChanged(String room, Bytes status) implements RoomEvent {}

  /**
   * A message of another member to this one.
   *
   * @param from the sender
   * @param name the kind of message
   * @param data any JSON value
   */
  record Said(String room, String from, String name, Bytes data) implements RoomEvent {}

  /**
   * A peer of another dialect is a member: it was added, or was present when the recipient became a
   * full member.
   *
   * @param peer its id
   * @param dialect its dialect
   * @param entry the number of its membership, see {@link ForeignCommand}
   */
  record ForeignAdded(String room, String peer, String dialect, long entry) implements RoomEvent {}

  /** A peer of another dialect is no longer a member, since its connection has ended. */
  record ForeignRemoved(String room, String peer, long entry) implements RoomEvent {}
}
