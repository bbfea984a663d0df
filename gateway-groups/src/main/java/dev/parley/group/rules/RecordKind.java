package dev.parley.group.rules;

/**
 * What records there are. A namespace is three of them, so that a command reads no more of a big
 * one than it needs.
 */
public enum RecordKind {
  /** A user, and what it takes part in. */
  USER,
  /** A room, its members, and where it is registered. */
  ROOM,
  /** Who is subscribed to a namespace. */
  SUBSCRIBERS,
  /** Who is registered in a namespace. */
  REGISTERED_USERS,
  /** Which rooms are registered in a namespace. */
  REGISTERED_ROOMS,
  /** What is counted for a realm as a whole; its id is empty. */
  REALM,
  /** What is counted for a namespace as a whole. */
  NAMESPACE;

  /**
   * Whether there is nothing in it but counters that many change side by side. How much is counted
   * need not be as it was read for that; a bound on it is checked when it is changed.
   */
  public boolean isCounted() {
    return this == REALM || this == NAMESPACE;
  }
}
