package dev.parley.group;

/** Why a {@link UserCommand} was refused. */
public enum Refusal {
  /** The requester is not present: it has not arrived, or another session owns its id by now. */
  NOT_HERE,
  /** The arriving user is present already. */
  ALREADY_HERE,
  /** There is no such room. */
  NO_SUCH_ROOM,
  /** The user is not a member of the room. */
  NOT_IN_ROOM,
  /** The user is a pending member only. */
  ONLY_INVITED,
  /** The user who would join or be invited is a member already, full or pending. */
  ALREADY_IN_ROOM,
  /** No user of that name is present, or in the room. */
  NO_SUCH_RECIPIENT,
  /** The recipient has not accepted its invitation yet. */
  RECIPIENT_PENDING,
  /** The key of the room's status differs from the expected value. */
  STATUS_NOT_AS_EXPECTED,
  /** There is no such namespace. */
  NO_SUCH_NAMESPACE,
  /** The user is subscribed to the namespace already. */
  ALREADY_SUBSCRIBED,
  /** The user is not subscribed to the namespace. */
  NOT_SUBSCRIBED,
  /** The user is registered in the namespace already. */
  USER_ALREADY_REGISTERED,
  /** The user is not registered in the namespace. */
  USER_NOT_REGISTERED,
  /** The room is registered in the namespace already. */
  ROOM_ALREADY_REGISTERED,
  /** The room is not registered in the namespace. */
  ROOM_NOT_REGISTERED,
  /** The user has no such invitation. */
  NO_SUCH_INVITATION,
  /** A name is longer than {@link GroupLimits#nameLength}. */
  NAME_TOO_LONG,
  /**
   * A status is bigger than {@link GroupLimits#status}, or than the space left where it would be
   * stored or shown.
   */
  STATUS_TOO_BIG,
  /**
   * The realm has as many rooms as {@link GroupLimits#rooms} allows, or the user has created as
   * many as it may.
   */
  TOO_MANY_ROOMS,
  /**
   * The room has as many members as {@link GroupLimits#membersPerRoom} allows, as many invited ones
   * as {@link GroupLimits#invitationsPerRoom} allows, or as much to show as {@link
   * GroupLimits#view} allows.
   */
  ROOM_FULL,
  /** The user is in as many rooms as {@link GroupLimits#roomsPerUser} allows. */
  IN_TOO_MANY_ROOMS,
  /** The user uses as many namespaces as {@link GroupLimits#namespacesPerUser} allows. */
  USER_IN_TOO_MANY_NAMESPACES,
  /** The room is in as many namespaces as {@link GroupLimits#namespacesPerRoom} allows. */
  ROOM_IN_TOO_MANY_NAMESPACES,
  /** The namespace has as much to show as {@link GroupLimits#view} allows. */
  NAMESPACE_FULL,
  /** The inviter has as many open invitations as it may, in total or to this user. */
  TOO_MANY_INVITATIONS,
  /** The invited user has as many open invitations as it may. */
  RECIPIENT_BUSY,
  /** The user may not take part in this room or namespace. */
  FORBIDDEN,
  /** The groups cannot be reached now, or are out of memory. */
  UNAVAILABLE;

  /** Whether the reason is a limit. */
  public boolean isLimit() {
    return switch (this) {
      case NAME_TOO_LONG, STATUS_TOO_BIG, TOO_MANY_ROOMS, ROOM_FULL, IN_TOO_MANY_ROOMS,
          USER_IN_TOO_MANY_NAMESPACES, ROOM_IN_TOO_MANY_NAMESPACES, NAMESPACE_FULL,
          TOO_MANY_INVITATIONS, RECIPIENT_BUSY -> true;
      case NOT_HERE, ALREADY_HERE, NO_SUCH_ROOM, NOT_IN_ROOM, ONLY_INVITED, ALREADY_IN_ROOM,
          NO_SUCH_RECIPIENT, RECIPIENT_PENDING, STATUS_NOT_AS_EXPECTED, NO_SUCH_NAMESPACE,
          ALREADY_SUBSCRIBED, NOT_SUBSCRIBED, USER_ALREADY_REGISTERED, USER_NOT_REGISTERED,
          ROOM_ALREADY_REGISTERED, ROOM_NOT_REGISTERED, NO_SUCH_INVITATION,
          FORBIDDEN, UNAVAILABLE -> false;
    };
  }
}
