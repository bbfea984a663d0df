package org.example.bell;

/** What a client is told, apart from rings. */
sealed interface BellAnswer {

  /** The id is yours. */
  record Welcome(String id) implements BellAnswer {}

  /** The id is somebody else's. */
  record Taken(String id) implements BellAnswer {}

  /** Nobody by that name came to the door. */
  record Nobody(String peer) implements BellAnswer {}

  /** That cannot be done, and why. */
  record Refused(String what, String why) implements BellAnswer {}
}
