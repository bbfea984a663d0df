package dev.parley.group;

import dev.parley.signal.Bytes;

/** An event for the subscribers of a namespace, also about their own commands. */
public sealed interface NamespaceEvent extends GroupEvent {

  /** The namespace's name. */
  String namespace();

  /** A user was registered. */
  record UserAdded(String namespace, String user, Bytes status) implements NamespaceEvent {}

  /** The status of a registered user has changed to this one. */
  record UserChanged(String namespace, String user, Bytes status) implements NamespaceEvent {}

  /** A user was unregistered. */
  record UserRemoved(String namespace, String user) implements NamespaceEvent {}

  /** A room was registered. */
  record RoomAdded(String namespace, String room, RoomView view) implements NamespaceEvent {}

  /** A room was unregistered. */
  record RoomRemoved(String namespace, String room) implements NamespaceEvent {}

  /**
   * A change of a member of a registered room. Not announced: a user leaves a room, or its
   * invitation ends without acceptance. Announced: a user departs.
   */
  record RoomPeerNews(String namespace, String room, PeerChange change)
      implements NamespaceEvent {}
}
