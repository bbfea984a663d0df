package dev.parley.group.rules;

/**
 * Kinds of records. A namespace consists of several, so that a command reads no more of a big one
 * than it needs.
 */
public enum RecordKind {
  /** A user: status, memberships, invitations. */
  USER,
  /** A room: status, members, registrations. */
  ROOM,
  /** The subscribers of a namespace. */
  SUBSCRIBERS,
  /** The users registered in a namespace. */
  REGISTERED_USERS,
  /** The rooms registered in a namespace. */
  REGISTERED_ROOMS,
  /** The counters of a realm; its id is empty. */
  REALM,
  /** The counters of a namespace. */
  NAMESPACE;

  /**
   * Whether it has only counters that concurrent commands may change without a conflict. Their
   * values need not be as read; their bounds are checked at commit.
   */
  public boolean isCounted() {
    return this == REALM || this == NAMESPACE;
  }
}
