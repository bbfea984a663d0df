package dev.parley.group;

import dev.parley.signal.Bytes;

/** A change of a member of a room. */
public sealed interface PeerChange {

  /** The member. */
  String user();

  /** It has become a member, full or pending. */
  record Added(String user, RoomPeer peer) implements PeerChange {}

  /** It is no longer pending. */
  record Accepted(String user) implements PeerChange {}

  /** Its status in this room has changed to this one. */
  record Changed(String user, Bytes status) implements PeerChange {}

  /** It is no longer a member. */
  record Removed(String user) implements PeerChange {}
}
