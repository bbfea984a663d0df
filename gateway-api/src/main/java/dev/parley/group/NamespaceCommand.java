package dev.parley.group;

import dev.parley.signal.PeerAddress;

/**
 * A user subscribes to a namespace, or has something announced in it. A namespace exists as long as
 * somebody is subscribed to it or something is registered in it.
 */
public sealed interface NamespaceCommand extends UserCommand {

  /** The namespace's name. */
  String namespace();

  /**
   * Wants to be told of the users and rooms of the namespace. Answered with {@link
   * GroupAnswer.Subscribed}.
   */
  record Subscribe(PeerAddress user, String namespace) implements NamespaceCommand {}

  /** Wants to be told no longer. Answered with {@link GroupAnswer.Done}. */
  record Unsubscribe(PeerAddress user, String namespace) implements NamespaceCommand {}

  /** Has itself announced. Answered with {@link GroupAnswer.Done}. */
  record RegisterUser(PeerAddress user, String namespace) implements NamespaceCommand {}

  /** Has itself announced no longer. Answered with {@link GroupAnswer.Done}. */
  record UnregisterUser(PeerAddress user, String namespace) implements NamespaceCommand {}

  /** Has a room announced, its own or not. Answered with {@link GroupAnswer.Done}. */
  record RegisterRoom(PeerAddress user, String namespace, String room)
      implements NamespaceCommand {}

  /** Has a room announced no longer. Answered with {@link GroupAnswer.Done}. */
  record UnregisterRoom(PeerAddress user, String namespace, String room)
      implements NamespaceCommand {}
}
