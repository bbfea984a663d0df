package org.example.bell;

/** Answers to a client, that is all messages except rings. */
sealed interface BellAnswer {

  /** The id is yours. */
  record Welcome(String id) implements BellAnswer {}

  /** Another client owns the id. */
  record Taken(String id) implements BellAnswer {}

  /** No peer has this id. */
  record Nobody(String peer) implements BellAnswer {}

  /** That cannot be done, and why. */
  record Refused(String what, String why) implements BellAnswer {}
}
