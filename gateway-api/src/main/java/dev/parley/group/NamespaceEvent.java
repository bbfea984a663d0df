package dev.parley.group;

import dev.parley.signal.Bytes;

/** What the subscribers of a namespace are told, also of what they do themselves. */
public sealed interface NamespaceEvent extends GroupEvent {

  /** The namespace's name. */
  String namespace();

  /** A user is registered from now on. */
  record UserAdded(String namespace, String user, Bytes status) implements NamespaceEvent {}

  /** The status of a registered user is this one now. */
  record UserChanged(String namespace, String user, Bytes status) implements NamespaceEvent {}

  /** A user is registered no longer. */
  record UserRemoved(String namespace, String user) implements NamespaceEvent {}

  /** A room is registered from now on. */
  record RoomAdded(String namespace, String room, RoomView view) implements NamespaceEvent {}

  /** A room is registered no longer. */
  record RoomRemoved(String namespace, String room) implements NamespaceEvent {}

  /**
   * Something happened to a member of a registered room. Who leaves a room, or is pending no longer
   * because the invitation came to nothing, is not announced; who is gone altogether is.
   */
  record RoomPeerNews(String namespace, String room, PeerChange change)
      implements NamespaceEvent {}
}
