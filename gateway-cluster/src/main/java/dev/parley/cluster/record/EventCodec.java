package dev.parley.cluster.record;

import dev.parley.group.GroupEvent;
import dev.parley.group.InvitationEvent.Answered;
import dev.parley.group.InvitationEvent.Cancelled;
import dev.parley.group.InvitationEvent.Received;
import dev.parley.group.NamespaceEvent.RoomAdded;
import dev.parley.group.NamespaceEvent.RoomPeerNews;
import dev.parley.group.NamespaceEvent.RoomRemoved;
import dev.parley.group.NamespaceEvent.UserAdded;
import dev.parley.group.NamespaceEvent.UserChanged;
import dev.parley.group.NamespaceEvent.UserRemoved;
import dev.parley.group.PeerChange;
import dev.parley.group.RoomEvent.ForeignAdded;
import dev.parley.group.RoomEvent.ForeignRemoved;
import dev.parley.group.RoomEvent.PeerNews;
import dev.parley.group.RoomEvent.Said;
import dev.parley.group.RoomEvent.StatusChanged;
import dev.parley.group.RoomPeer;
import dev.parley.group.RoomView;
import dev.parley.signal.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Codec of events between nodes: a version byte, a byte for the kind, then the components of its
 * {@link GroupEvent} record, in order. Each kind is written in the first version that has it. So
 * nodes of different versions understand each other as far as possible, and reject the rest.
 */
public final class EventCodec {

  /** The first version. */
  private static final int FIRST = 1;

  /** The version that has foreign members. */
  private static final int FOREIGN = 2;

  private static final int PEER_NEWS = 1;
  private static final int STATUS_CHANGED = 2;
  private static final int SAID = 3;
  private static final int USER_ADDED = 4;
  private static final int USER_CHANGED = 5;
  private static final int USER_REMOVED = 6;
  private static final int ROOM_ADDED = 7;
  private static final int ROOM_REMOVED = 8;
  private static final int ROOM_PEER_NEWS = 9;
  private static final int RECEIVED = 10;
  private static final int CANCELLED = 11;
  private static final int ANSWERED = 12;
  private static final int FOREIGN_ADDED = 13;
  private static final int FOREIGN_REMOVED = 14;

  private static final int ADDED = 1;
  private static final int ACCEPTED = 2;
  private static final int CHANGED = 3;
  private static final int REMOVED = 4;

  private EventCodec() {}

  /** Encodes an event. */
  public static byte[] encode(GroupEvent event) {
    ByteWriter out = new ByteWriter().number(version(event), 1);
    switch (event) {
      case PeerNews(String room, PeerChange change) -> write(
          out.number(PEER_NEWS, 1).text(room), change);
      case StatusChanged(String room, Bytes status) -> out.number(STATUS_CHANGED, 1).text(room)
          .bytes(status);
      case Said(String room, String from, String name, Bytes data) -> out.number(SAID, 1)
          .text(room).text(from).text(name).bytes(data);
      case UserAdded(String namespace, String user, Bytes status) -> out.number(USER_ADDED, 1)
          .text(namespace).text(user).bytes(status);
      case UserChanged(String namespace, String user, Bytes status) -> out
          .number(USER_CHANGED, 1).text(namespace).text(user).bytes(status);
      case UserRemoved(String namespace, String user) -> out.number(USER_REMOVED, 1)
          .text(namespace).text(user);
      case RoomAdded(String namespace, String room, RoomView view) -> write(
          out.number(ROOM_ADDED, 1).text(namespace).text(room), view);
      case RoomRemoved(String namespace, String room) -> out.number(ROOM_REMOVED, 1)
          .text(namespace).text(room);
      case RoomPeerNews(String namespace, String room, PeerChange change) -> write(
          out.number(ROOM_PEER_NEWS, 1).text(namespace).text(room), change);
      case Received(long handle, String room, RoomView view, String inviter, Bytes data) -> write(
          out.number(RECEIVED, 1).number(handle, 8).text(room).text(inviter).bytes(data), view);
      case Cancelled(long handle) -> out.number(CANCELLED, 1).number(handle, 8);
      case Answered(long handle, boolean accepted) -> out.number(ANSWERED, 1).number(handle, 8)
          .number(accepted ? 1 : 0, 1);
      case ForeignAdded(String room, String peer, String dialect, long entry) -> out
          .number(FOREIGN_ADDED, 1).text(room).text(peer).text(dialect).number(entry, 8);
      case ForeignRemoved(String room, String peer, long entry) -> out
          .number(FOREIGN_REMOVED, 1).text(room).text(peer).number(entry, 8);
    }
    return out.all();
  }

  private static int version(GroupEvent event) {
    return event instanceof ForeignAdded || event instanceof ForeignRemoved ? FOREIGN : FIRST;
  }

  private static void write(ByteWriter out, PeerChange change) {
    switch (change) {
      case PeerChange.Added(String user, RoomPeer peer) -> write(
          out.number(ADDED, 1).text(user), peer);
      case PeerChange.Accepted(String user) -> out.number(ACCEPTED, 1).text(user);
      case PeerChange.Changed(String user, Bytes status) -> out.number(CHANGED, 1).text(user)
          .bytes(status);
      case PeerChange.Removed(String user) -> out.number(REMOVED, 1).text(user);
    }
  }

  private static void write(ByteWriter out, RoomPeer peer) {
    out.number(peer.pending() ? 1 : 0, 1).bytes(peer.status());
  }

  private static void write(ByteWriter out, RoomView view) {
    out.bytes(view.status()).number(view.peers().size(), 4);
    view.peers().forEach((user, peer) -> write(out.text(user), peer));
  }

  /**
   * Decodes an event. Its byte components are views of {@code packed}.
   *
   * @throws IllegalArgumentException if it is malformed, or of another version
   */
  public static GroupEvent decode(byte[] packed) {
    ByteReader in = new ByteReader(packed);
    try {
      long version = in.number(1);
      if (version != FIRST && version != FOREIGN) {
        throw new IllegalArgumentException("version " + version);
      }
      return read(in);
    } catch (IndexOutOfBoundsException cutOff) {
      throw new IllegalArgumentException("cut off", cutOff);
    }
  }

  private static GroupEvent read(ByteReader in) {
    int kind = (int) in.number(1);
    return switch (kind) {
      case PEER_NEWS -> new PeerNews(in.text(), change(in));
      case STATUS_CHANGED -> new StatusChanged(in.text(), in.bytes());
      case SAID -> new Said(in.text(), in.text(), in.text(), in.bytes());
      case USER_ADDED -> new UserAdded(in.text(), in.text(), in.bytes());
      case USER_CHANGED -> new UserChanged(in.text(), in.text(), in.bytes());
      case USER_REMOVED -> new UserRemoved(in.text(), in.text());
      case ROOM_ADDED -> new RoomAdded(in.text(), in.text(), view(in));
      case ROOM_REMOVED -> new RoomRemoved(in.text(), in.text());
      case ROOM_PEER_NEWS -> new RoomPeerNews(in.text(), in.text(), change(in));
      case RECEIVED -> {
        long handle = in.number(8);
        String room = in.text();
        String inviter = in.text();
        Bytes data = in.bytes();
        yield new Received(handle, room, view(in), inviter, data);
      }
      case CANCELLED -> new Cancelled(in.number(8));
      case ANSWERED -> new Answered(in.number(8), in.number(1) == 1);
      case FOREIGN_ADDED -> new ForeignAdded(in.text(), in.text(), in.text(), in.number(8));
      case FOREIGN_REMOVED -> new ForeignRemoved(in.text(), in.text(), in.number(8));
      default -> throw new IllegalArgumentException("unknown event " + kind);
    };
  }

  private static PeerChange change(ByteReader in) {
    int kind = (int) in.number(1);
    return switch (kind) {
      case ADDED -> new PeerChange.Added(in.text(), peer(in));
      case ACCEPTED -> new PeerChange.Accepted(in.text());
      case CHANGED -> new PeerChange.Changed(in.text(), in.bytes());
      case REMOVED -> new PeerChange.Removed(in.text());
      default -> throw new IllegalArgumentException("unknown change " + kind);
    };
  }

  private static RoomPeer peer(ByteReader in) {
    boolean pending = in.number(1) == 1;
    return new RoomPeer(in.bytes(), pending);
  }

  private static RoomView view(ByteReader in) {
    Bytes status = in.bytes();
    long count = in.number(4);
    Map<String, RoomPeer> peers = new LinkedHashMap<>();
    for (long i = 0; i < count; i++) {
      peers.put(in.text(), peer(in));
    }
    return new RoomView(status, peers);
  }
}
