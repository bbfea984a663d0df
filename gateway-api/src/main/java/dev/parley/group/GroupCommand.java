package dev.parley.group;

/** Something that changes groups: what a user asks for, its end, or a time that has come. */
public sealed interface GroupCommand permits UserCommand, Departure, RoomDue {

  /** The realm whose groups it is about; nothing reaches over into another one. */
  String realm();
}
