package dev.parley.group.rules;

import dev.parley.group.GroupLimits;
import dev.parley.group.NamespaceEvent;
import dev.parley.group.NamespaceEvent.RoomPeerNews;
import dev.parley.group.NamespaceEvent.RoomRemoved;
import dev.parley.group.PeerChange;
import dev.parley.group.Refusal;
import dev.parley.group.RoomDue;
import dev.parley.group.RoomEvent.ForeignAdded;
import dev.parley.group.RoomEvent.PeerNews;
import dev.parley.group.rules.Value.Foreign;
import dev.parley.group.rules.Value.Member;
import dev.parley.signal.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The context of one evaluation, and steps that several commands share.
 *
 * @param bounds limits for counters
 */
record EvaluationContext(
    String realm,
    GroupLimits limits,
    RecordOverlay overlay,
    Users users,
    Rooms rooms,
    Namespaces namespaces,
    Effects effects,
    Bounds bounds) {

  /**
   * Up to this fraction of the rooms that one user may create, the user takes little of the
   * realm's.
   */
  private static final int SMALL_PART_OF_ROOMS = 10;

  static EvaluationContext of(String realm, GroupLimits limits, Records records) {
    RecordOverlay overlay = new RecordOverlay(records);
    return new EvaluationContext(realm, limits, overlay, new Users(overlay, realm),
        new Rooms(overlay, realm),
        new Namespaces(overlay, realm), new Effects(), new Bounds());
  }

  /** Announces reads: the subscribers of every namespace where the room is registered. */
  void expectSubscribersOf(String room) {
    expectSubscribers(rooms.listings(room));
  }

  /** Announces reads: the subscribers of these namespaces, and the counters of what they show. */
  void expectSubscribers(List<String> listings) {
    List<RecordKey> keys = new ArrayList<>(namespaces.subscribersKeys(listings));
    listings.forEach(namespace -> keys.add(namespaces.countKey(namespace)));
    keys.add(rooms.realmKey());
    overlay.expect(keys);
  }

  boolean isNameTooLong(String name) {
    return name.length() > limits.nameLength();
  }

  boolean isTooBig(Bytes status) {
    return status.length() > limits.status().bytes();
  }

  /** Sends a change to all members except its subject. */
  void tellMembers(String room, PeerChange change) {
    effects.tell(rooms.membersBut(room, change.user()), new PeerNews(room, change));
  }

  /** Sends a change to the subscribers of every namespace where the room is registered. */
  void tellSubscribers(String room, PeerChange change) {
    for (String namespace : rooms.listings(room)) {
      tellSubscribers(namespace, new RoomPeerNews(namespace, room, change));
    }
  }

  void tellSubscribers(String namespace, NamespaceEvent event) {
    effects.tell(namespaces.subscribers(namespace), event);
  }

  /** Ends a pending membership that was not accepted. The invited user gets no event. */
  void withdraw(String room, String invited) {
    rooms.remove(room, invited);
    users.removeRoom(invited, room);
    if (rooms.isEmpty(room)) {
      becomeEmpty(room);
    } else {
      tellMembers(room, new PeerChange.Removed(invited));
    }
  }

  /** The last member has left: unregisters the room, and sets its deadline. */
  void becomeEmpty(String room) {
    unlistEverywhere(room);
    rooms.countEmptied(room);
    if (rooms.linger(room).isZero()) {
      remove(room);
    } else {
      effects.setDeadline(rooms.key(room), rooms.linger(room),
          new RoomDue(realm, room, rooms.emptied(room)));
    }
  }

  /** Removes a room without members. */
  void remove(String room) {
    String maker = rooms.maker(room);
    if (maker != null) {
      users.removeMade(maker, room);
    }
    rooms.remove(room);
  }

  /** Unregisters the room from all namespaces. */
  void unlistEverywhere(String room) {
    List<String> listings = rooms.listings(room);
    expectSubscribers(listings);
    for (String namespace : listings) {
      unlist(room, namespace);
    }
  }

  /** Unregisters the room from this namespace. */
  void unlist(String room, String namespace) {
    rooms.removeListing(room, namespace);
    namespaces.removeRoom(namespace, room);
    tellSubscribers(namespace, new RoomRemoved(namespace, room));
  }

  /** A member that is not pending may do anything in the room. */
  @Nullable
  Refusal objectionUnlessMember(String user, String room) {
    Member member = rooms.member(room, user);
    if (member != null) {
      return member.isPending() ? Refusal.ONLY_INVITED : null;
    }
    return rooms.exists(room) ? Refusal.NOT_IN_ROOM : Refusal.NO_SUCH_ROOM;
  }

  /**
   * Why another full member is impossible, in a room that exists or is to be created; null if it is
   * possible.
   */
  @Nullable
  Refusal objectionToOneMoreIn(String room, String user) {
    return objectionToMoreIn(room, user, 1);
  }

  /**
   * Why so many more full members are impossible, in a room that exists or that the user creates;
   * null if they are possible.
   */
  @Nullable
  Refusal objectionToMoreIn(String room, String user, int more) {
    int present = rooms.exists(room) ? rooms.size(room) : 0;
    if (present + more > limits.membersPerRoom()) {
      return Refusal.ROOM_FULL;
    }
    if (rooms.exists(room)) {
      return null;
    }
    if (isNameTooLong(room)) {
      return Refusal.NAME_TOO_LONG;
    }
    int made = users.made(user);
    if (made >= limits.roomsPerUser()) {
      return Refusal.TOO_MANY_ROOMS;
    }
    boolean isSmall = made <= limits.roomsPerUser() / SMALL_PART_OF_ROOMS;
    if (bounds.fits(rooms.counter(), rooms.count() + 1, limits.rooms(), isSmall)) {
      return null;
    }
    if (isSmall) {
      bounds.askForEviction();
    }
    return Refusal.TOO_MANY_ROOMS;
  }

  /** Creates the room, if it does not exist; clears its deadline otherwise. */
  void open(String room, Duration linger, String maker) {
    if (!rooms.exists(room)) {
      rooms.create(room, linger, maker);
      users.addMade(maker, room);
    } else if (rooms.isEmpty(room)) {
      effects.clearDeadline(rooms.key(room));
    }
  }

  /** Adds a member, a pending one if it has an inviter, and notifies the others. */
  void admit(String room, String user, Bytes own, @Nullable String inviter) {
    expectSubscribersOf(room);
    Member member = rooms.add(room, user, own, Statuses.merge(users.status(user), own), inviter);
    users.addRoom(user, room);
    PeerChange added = new PeerChange.Added(user, Rooms.peer(member));
    tellMembers(room, added);
    tellSubscribers(room, added);
  }

  /** Sends a new full member an event for each foreign member except one. */
  void tellOfForeign(String room, String user, @Nullable String but) {
    for (Map.Entry<String, Foreign> each : rooms.foreign(room)) {
      if (!each.getKey().equals(but)) {
        effects.tell(user, added(room, each.getKey(), each.getValue()));
      }
    }
  }

  static ForeignAdded added(String room, String peer, Foreign member) {
    return new ForeignAdded(room, peer, member.dialect(), member.entry());
  }

  /**
   * Ends the conversations of a user that is no full member any more. A foreign member that is
   * present for no other user is removed: the remaining users have lost it before, and get no
   * further event.
   */
  void leaveForeign(String room, String user) {
    for (Map.Entry<String, Foreign> each : rooms.foreign(room)) {
      Set<String> lost = new HashSet<>(each.getValue().lost());
      lost.remove(user);
      keepUnlessLost(room, each.getKey(), each.getValue(), lost);
    }
  }

  /** Keeps a foreign member while at least one full member has not lost it. */
  void keepUnlessLost(String room, String peer, Foreign member, Set<String> lost) {
    if (lost.containsAll(rooms.fullMembersBut(room, null))) {
      rooms.removeForeign(room, peer);
    } else {
      rooms.setLost(room, peer, member, lost);
    }
  }

  /** Shows the user's current status in a room, merged with its status there. */
  PeerChange show(String room, String user, Bytes own) {
    Bytes shown = Statuses.merge(users.status(user), own);
    rooms.setStatus(room, user, own, shown);
    return new PeerChange.Changed(user, shown);
  }
}
