package dev.parley.calling;

import dev.parley.group.Refusal;

/** The error texts of this dialect: the original's own, and ours in the same manner. */
final class CallingErrors {

  static final String MISSING_TID = "Missing tid in message";
  static final String MISSING_TYPE = "Missing type in message";
  static final String UNKNOWN_COMMAND = "Unknown command";
  static final String MISSING_ELEMENT = "Missing element in message";
  static final String TYPE_MISMATCH = "Type mismatch in message";
  static final String UNEXPECTED_FIELD = "Unexpected field in message";
  static final String NO_JSON = "Invalid message: not JSON, or nested too deeply";

  private CallingErrors() {}

  static String of(Refusal refusal) {
    return switch (refusal) {
      case NO_SUCH_ROOM -> "Room does not exist";
      case NOT_IN_ROOM -> "You are not in the room";
      case ONLY_INVITED -> "You are only invited to the room";
      case ALREADY_IN_ROOM -> "User is already in room";
      case NO_SUCH_RECIPIENT -> "Unknown recipient";
      case RECIPIENT_PENDING -> "Recipient is pending";
      case STATUS_NOT_AS_EXPECTED -> "Status not in expected state";
      case NO_SUCH_NAMESPACE -> "Namespace does not exist";
      case ALREADY_SUBSCRIBED -> "User was already subscribed to that namespace";
      case NOT_SUBSCRIBED -> "User was not subscribed to namespace";
      case USER_ALREADY_REGISTERED -> "User was already registered to that namespace";
      case USER_NOT_REGISTERED -> "User was not registered to namespace";
      case ROOM_ALREADY_REGISTERED -> "Room was already registered to that namespace";
      case ROOM_NOT_REGISTERED -> "Room was not registered to namespace";
      case NO_SUCH_INVITATION -> "Invalid invitation handle";
      case NAME_TOO_LONG -> "Name is too long";
      case STATUS_TOO_BIG -> "Status is too big";
      case TOO_MANY_ROOMS -> "There are too many rooms";
      case ROOM_FULL -> "Room is full";
      case IN_TOO_MANY_ROOMS -> "You are in too many rooms";
      case USER_IN_TOO_MANY_NAMESPACES -> "You are in too many namespaces";
      case ROOM_IN_TOO_MANY_NAMESPACES -> "Room is in too many namespaces";
      case TOO_MANY_INVITATIONS -> "You have too many open invitations";
      case NAMESPACE_FULL -> "Namespace is full";
      case RECIPIENT_BUSY -> "Recipient has too many open invitations";
      case FORBIDDEN -> "You are not allowed to do this";
      case NOT_HERE, ALREADY_HERE, UNAVAILABLE ->
          "The server cannot do this at the moment, try again later";
    };
  }
}
