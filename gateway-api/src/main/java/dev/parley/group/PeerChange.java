package dev.parley.group;

import dev.parley.signal.Bytes;

/** What happens to a member of a room. */
public sealed interface PeerChange {

  /** The member. */
  String user();

  /** It is a member from now on, or a pending one. */
  record Added(String user, RoomPeer peer) implements PeerChange {}

  /** It is pending no longer. */
  record Accepted(String user) implements PeerChange {}

  /** Its status in this room is this one now. */
  record Changed(String user, Bytes status) implements PeerChange {}

  /** It is no member any more. */
  record Removed(String user) implements PeerChange {}
}
