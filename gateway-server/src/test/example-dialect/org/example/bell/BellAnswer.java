package org.example.bell;

/** Answers to a client, that is all messages except rings. */
sealed interface BellAnswer {

  /** The client owns the id. */
  record Welcome(String id) implements BellAnswer {}

  /** Another client owns the id. */
  record Taken(String id) implements BellAnswer {}

  /** No peer has this id. */
  record Nobody(String peer) implements BellAnswer {}

  /** The request cannot be executed, with the reason. */
  record Refused(String what, String why) implements BellAnswer {}
}
