package dev.parley.group;

/** A state change of groups: a request of a user, its departure, or a deadline. */
public sealed interface GroupCommand permits UserCommand, Departure, RoomDue {

  /** The realm whose groups it changes; it has no effect on others. */
  String realm();
}
