package dev.parley.group;

import dev.parley.signal.Bytes;

/** What the members of a room are told, the pending ones too. */
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
}
