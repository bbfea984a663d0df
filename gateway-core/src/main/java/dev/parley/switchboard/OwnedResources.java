package dev.parley.switchboard;

import dev.parley.access.Access;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.UserCommand;
import dev.parley.hub.Groups;
import dev.parley.hub.Hub;
import dev.parley.hub.Recipient;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Presence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Owned resources of one session host at the hub, released at its end at the latest: its ids, its
 * user in groups, and its watches. Confined to the event loop of its connection.
 */
final class OwnedResources {

  private final Recipient holder;
  private final Hub hub;
  private final Groups groups;

  private List<PeerAddress> owned = List.of();
  private @Nullable PeerAddress user;
  private @Nullable Set<PeerAddress> watched;

  OwnedResources(Recipient holder, Hub hub, Groups groups) {
    this.holder = holder;
    this.hub = hub;
    this.groups = groups;
  }

  // ---- ids

  boolean owns(PeerAddress address) {
    return owned.contains(address);
  }

  /** The owned ids. */
  List<PeerAddress> owned() {
    return owned;
  }

  /** The owned ids, for logs; a dash for none. */
  String names() {
    return owned.isEmpty() ? "-"
        : owned.stream().map(PeerAddress::id).collect(Collectors.joining(","));
  }

  /**
   * Whether the session may send to a peer from one of its ids, or, as long as it has none, from
   * the empty one; and to its own ids.
   */
  boolean maySendTo(PeerAddress peer, Access access) {
    if (access.isOpen() || owns(peer)) {
      return true;
    }
    if (owned.isEmpty()) {
      return access.maySend(peer.neighbour(""), peer);
    }
    for (PeerAddress from : owned) {
      if (access.maySend(from, peer)) {
        return true;
      }
    }
    return false;
  }

  void granted(PeerAddress address) {
    if (!owns(address)) {
      List<PeerAddress> more = new ArrayList<>(owned);
      more.add(address);
      owned = List.copyOf(more);
    }
  }

  void release(PeerAddress address) {
    if (lost(address)) {
      hub.release(holder, address);
    }
  }

  /** The id has been lost to another session or become free; false if it was not owned. */
  boolean lost(PeerAddress address) {
    if (!owns(address)) {
      return false;
    }
    depart(address);
    owned = owned.stream().filter(each -> !each.equals(address)).toList();
    return true;
  }

  // ---- the user

  /** The session is about to send a command in the name of a user. */
  void commands(UserCommand command) {
    if (!owns(command.user())) {
      throw new IllegalArgumentException("a session asks in the name of an id that it owns");
    }
    if (command instanceof Arrive arrive) {
      if (user != null && !user.equals(arrive.user())) {
        throw new IllegalStateException("the session has a user already");
      }
      user = arrive.user();
    }
  }

  /** Sends a command to groups. */
  void command(UserCommand command) {
    groups.command(holder, command);
  }

  private void depart(PeerAddress address) {
    if (address.equals(user)) {
      user = null;
      groups.depart(holder, address);
    }
  }

  // ---- watches

  boolean watches(PeerAddress peer) {
    return watched != null && watched.contains(peer);
  }

  void watch(PeerAddress peer) {
    if (watched == null) {
      watched = new HashSet<>(4);
    }
    if (watched.add(peer)) {
      hub.watch(holder, peer);
    }
  }

  /** Watches a peer that counts as absent, whether it is or not. */
  void watchAbsent(PeerAddress peer) {
    if (watched == null) {
      watched = new HashSet<>(4);
    }
    if (watched.add(peer)) {
      holder.deliver(new Presence.Departed(peer));
    }
  }

  void unwatch(PeerAddress peer) {
    if (watched != null && watched.remove(peer)) {
      hub.unwatch(holder, peer);
    }
  }

  /** A watched peer has departed, which ends the watch. */
  void departed(PeerAddress peer) {
    if (watched != null) {
      watched.remove(peer);
    }
  }

  // ---- the end

  /**
   * Releases everything.
   *
   * @param lost whether the connection was lost, so that its client may return for its ids
   */
  void giveUp(boolean lost) {
    for (PeerAddress address : owned) {
      depart(address);
      if (lost) {
        hub.lose(holder, address);
      } else {
        hub.release(holder, address);
      }
    }
    owned = List.of();
    if (watched != null) {
      watched.forEach(peer -> hub.unwatch(holder, peer));
      watched = null;
    }
  }
}
