package dev.parley.calling;

import dev.parley.group.GroupEvent;
import dev.parley.group.InvitationEvent;
import dev.parley.group.NamespaceEvent;
import dev.parley.group.PeerChange;
import dev.parley.group.RoomEvent;
import dev.parley.group.RoomPeer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which users are with this one in which rooms, as it is told. Groups know it best, but cannot be
 * asked; and who brings a guest in has to tell them. Event loop of the session only.
 */
final class Attendance {

  private final BiConsumer<String, String> newcomer;
  private final Map<String, Room> rooms = new HashMap<>(2);
  private final Map<Long, String> invitations = new HashMap<>(2);

  private static final class Room {
    private final Set<String> others = new HashSet<>(4);
    private boolean pending;

    Room(Map<String, RoomPeer> peers, boolean pending) {
      this.pending = pending;
      peers.forEach((user, peer) -> {
        if (!peer.pending()) {
          others.add(user);
        }
      });
    }
  }

  /**
   * @param newcomer is told of a room that the user is in, and of who comes there after it
   */
  Attendance(BiConsumer<String, String> newcomer) {
    this.newcomer = newcomer;
  }

  /** The user has joined a room. */
  void joined(String room, Map<String, RoomPeer> peers) {
    rooms.put(room, new Room(peers, false));
  }

  /** The user has left a room. */
  void left(String room) {
    rooms.remove(room);
  }

  /** The user has accepted an invitation. */
  void accepted(long handle) {
    String name = invitations.remove(handle);
    Room room = name == null ? null : rooms.get(name);
    if (room != null) {
      room.pending = false;
    }
  }

  /** An invitation of the user is over. */
  void declined(long handle) {
    String name = invitations.remove(handle);
    if (name != null) {
      rooms.remove(name);
    }
  }

  /** Whether the user is a member, and not only invited. */
  boolean isIn(String name) {
    Room room = rooms.get(name);
    return room != null && !room.pending;
  }

  /** The other members, without those that are only invited. */
  Set<String> others(String name) {
    Room room = rooms.get(name);
    return room == null ? Set.of() : Set.copyOf(room.others);
  }

  /** The user is told something. */
  void hears(GroupEvent event) {
    switch (event) {
      case RoomEvent.PeerNews(String room, PeerChange change) -> changes(room, change);
      case RoomEvent.StatusChanged changed -> {}
      case RoomEvent.Said said -> {}
      case RoomEvent.ForeignAdded added -> {}
      case RoomEvent.ForeignRemoved removed -> {}
      case InvitationEvent.Received received -> {
        invitations.put(received.handle(), received.room());
        rooms.put(received.room(), new Room(received.view().peers(), true));
      }
      case InvitationEvent.Cancelled(long handle) -> declined(handle);
      case InvitationEvent.Answered answered -> {}
      case NamespaceEvent namespace -> {}
    }
  }

  private void changes(String name, PeerChange change) {
    @Nullable Room room = rooms.get(name);
    if (room == null) {
      return;
    }
    switch (change) {
      case PeerChange.Added(String user, RoomPeer peer) -> {
        if (!peer.pending()) {
          comes(name, room, user);
        }
      }
      case PeerChange.Accepted(String user) -> comes(name, room, user);
      case PeerChange.Changed changed -> {}
      case PeerChange.Removed(String user) -> room.others.remove(user);
    }
  }

  private void comes(String name, Room room, String user) {
    room.others.add(user);
    if (!room.pending) {
      newcomer.accept(name, user);
    }
  }
}
