package dev.parley.group;

import dev.parley.signal.PeerAddress;

/** A command about a namespace. A namespace exists while it has a subscriber or a registration. */
public sealed interface NamespaceCommand extends UserCommand {

  /** The namespace's name. */
  String namespace();

  /**
   * Subscribes to events about the users and rooms of the namespace. Answered with {@link
   * GroupAnswer.Subscribed}.
   */
  record Subscribe(PeerAddress user, String namespace) implements NamespaceCommand {}

  /** Ends the subscription. Answered with {@link GroupAnswer.Done}. */
  record Unsubscribe(PeerAddress user, String namespace) implements NamespaceCommand {}

  /** Registers the user, which announces it. Answered with {@link GroupAnswer.Done}. */
  record RegisterUser(PeerAddress user, String namespace) implements NamespaceCommand {}

  /** Unregisters the user. Answered with {@link GroupAnswer.Done}. */
  record UnregisterUser(PeerAddress user, String namespace) implements NamespaceCommand {}

  /**
   * Registers a room, whether the user is a member or not. Answered with {@link GroupAnswer.Done}.
   */
  record RegisterRoom(PeerAddress user, String namespace, String room)
      implements NamespaceCommand {}

  /** Unregisters a room. Answered with {@link GroupAnswer.Done}. */
  record UnregisterRoom(PeerAddress user, String namespace, String room)
      implements NamespaceCommand {}
}
