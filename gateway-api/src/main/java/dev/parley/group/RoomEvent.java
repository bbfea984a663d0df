package dev.parley.group;

import dev.parley.signal.Bytes;

/** What the members of a room hear; of foreign members, only those that are not pending. */
public sealed interface RoomEvent extends GroupEvent {

  /** The room's name. */
  String room();

  /** Something happened to another member. */
  record PeerNews(String room, PeerChange change) implements RoomEvent {}

  /**
   * Another member changed the room's status.
   *
   * @param status all of it, a JSON object
   */
  record StatusChanged(String room, Bytes status) implements RoomEvent {}

  /**
   * Another member says something to this one.
   *
   * @param from who says it
   * @param name what kind of thing is said
   * @param data any JSON value
   */
  record Said(String room, String from, String name, Bytes data) implements RoomEvent {}

  /**
   * A peer of another dialect is a member: it has come, or was there when the user who hears of
   * it became a member.
   *
   * @param peer its id
   * @param dialect what it speaks
   * @param entry the number of its membership, see {@link ForeignCommand}
   */
  record ForeignAdded(String room, String peer, String dialect, long entry) implements RoomEvent {}

  /** A peer of another dialect is a member no longer, as its connection has ended. */
  record ForeignRemoved(String room, String peer, long entry) implements RoomEvent {}
}
