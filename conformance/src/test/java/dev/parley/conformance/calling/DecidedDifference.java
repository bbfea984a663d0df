package dev.parley.conformance.calling;

import java.util.Arrays;

/**
 * Requests with a deliberate difference between Parley and the original, recognised by their
 * answers. Random scenes leave them out. Other differences are not drawn at all: messages that are
 * no JSON, names like {@code constructor}, checks of a room's status that the original's comparison
 * takes for equal, {@code null} as the status of an acceptance, a {@code remote_timeout} that is
 * met, rooms that outlast their members. {@link ImprovementsTest} has all of it.
 */
enum DecidedDifference {

  /** The original keeps the invitation, and later cancels it and denies it. */
  REFUSED_INVITATION("invite_send", "User is already in room"),

  /** The original makes the namespace nevertheless, and never unmakes it. */
  REFUSED_REGISTRATION("ns_room_register", "Room does not exist");

  private final String request;
  private final String error;

  DecidedDifference(String request, String error) {
    this.request = request;
    this.error = error;
  }

  /** Whether a request and its answer are one of them. */
  static boolean isMetBy(String request, String error) {
    return Arrays.stream(values())
        .anyMatch(one -> request.contains(one.request) && error.equals(one.error));
  }
}
