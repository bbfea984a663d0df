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
 * What the rules work with during one evaluation, and the steps that several commands have in
 * common.
 *
 * @param bounds how far counters may rise
 */
record Turn(
    String realm,
    GroupLimits limits,
    Ledger ledger,
    Users users,
    Rooms rooms,
    Namespaces namespaces,
    Notices notices,
    Bounds bounds) {

  /** Who has made no more than this part of what one user may, takes little of a realm's rooms. */
  private static final int SMALL_PART_OF_ROOMS = 10;

  static Turn of(String realm, GroupLimits limits, Records records) {
    Ledger ledger = new Ledger(records);
    return new Turn(realm, limits, ledger, new Users(ledger, realm), new Rooms(ledger, realm),
        new Namespaces(ledger, realm), new Notices(), new Bounds());
  }

  /** Will tell the subscribers of everywhere that the room is registered. */
  void expectSubscribersOf(String room) {
    expectSubscribers(rooms.listings(room));
  }

  /** Will tell the subscribers of these namespaces, and count what they show. */
  void expectSubscribers(List<String> listings) {
    List<RecordKey> keys = new ArrayList<>(namespaces.subscribersKeys(listings));
    listings.forEach(namespace -> keys.add(namespaces.countKey(namespace)));
    keys.add(rooms.realmKey());
    ledger.expect(keys);
  }

  boolean isNameTooLong(String name) {
    return name.length() > limits.nameLength();
  }

  boolean isTooBig(Bytes status) {
    return status.length() > limits.status().bytes();
  }

  /** Tells all members but the one concerned. */
  void tellMembers(String room, PeerChange change) {
    notices.tell(rooms.membersBut(room, change.user()), new PeerNews(room, change));
  }

  /** Tells the subscribers of everywhere that the room is registered. */
  void tellSubscribers(String room, PeerChange change) {
    for (String namespace : rooms.listings(room)) {
      tellSubscribers(namespace, new RoomPeerNews(namespace, room, change));
    }
  }

  void tellSubscribers(String namespace, NamespaceEvent event) {
    notices.tell(namespaces.subscribers(namespace), event);
  }

  /** Ends a pending membership that came to nothing. The user who was invited is not told. */
  void withdraw(String room, String invited) {
    rooms.remove(room, invited);
    users.removeRoom(invited, room);
    if (rooms.isEmpty(room)) {
      becomeEmpty(room);
    } else {
      tellMembers(room, new PeerChange.Removed(invited));
    }
  }

  /** The last member has gone: the room is announced no longer, and its time begins to run. */
  void becomeEmpty(String room) {
    unlistEverywhere(room);
    rooms.countEmptied(room);
    if (rooms.linger(room).isZero()) {
      remove(room);
    } else {
      notices.setDeadline(rooms.key(room), rooms.linger(room),
          new RoomDue(realm, room, rooms.emptied(room)));
    }
  }

  /** The room, in which there is no member, is gone. */
  void remove(String room) {
    String maker = rooms.maker(room);
    if (maker != null) {
      users.removeMade(maker, room);
    }
    rooms.remove(room);
  }

  /** The room is registered nowhere any more. */
  void unlistEverywhere(String room) {
    List<String> listings = rooms.listings(room);
    expectSubscribers(listings);
    for (String namespace : listings) {
      unlist(room, namespace);
    }
  }

  /** The room is not registered in this namespace any more. */
  void unlist(String room, String namespace) {
    rooms.removeListing(room, namespace);
    namespaces.removeRoom(namespace, room);
    tellSubscribers(namespace, new RoomRemoved(namespace, room));
  }

  /** A member that is not pending can do what it likes in the room. */
  @Nullable
  Refusal objectionUnlessMember(String user, String room) {
    Member member = rooms.member(room, user);
    if (member != null) {
      return member.isPending() ? Refusal.ONLY_INVITED : null;
    }
    return rooms.exists(room) ? Refusal.NOT_IN_ROOM : Refusal.NO_SUCH_ROOM;
  }

  /** Why there can be no further full member, in a room that is there or in one to be made. */
  @Nullable
  Refusal objectionToOneMoreIn(String room, String user) {
    return objectionToMoreIn(room, user, 1);
  }

  /**
   * Why there cannot be so many more full members in the room, be it one that is there or one that
   * the user makes.
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

  /** Makes the room, if it is not there; its time runs no longer, if it did. */
  void open(String room, Duration linger, String maker) {
    if (!rooms.exists(room)) {
      rooms.create(room, linger, maker);
      users.addMade(maker, room);
    } else if (rooms.isEmpty(room)) {
      notices.clearDeadline(rooms.key(room));
    }
  }

  /** Adds a member, a pending one if it has an inviter, and tells everybody else. */
  void admit(String room, String user, Bytes own, @Nullable String inviter) {
    expectSubscribersOf(room);
    Member member = rooms.add(room, user, own, Statuses.merge(users.status(user), own), inviter);
    users.addRoom(user, room);
    PeerChange added = new PeerChange.Added(user, Rooms.peer(member));
    tellMembers(room, added);
    tellSubscribers(room, added);
  }

  /** Tells a user that has become a full member of the foreign members but one. */
  void tellOfForeign(String room, String user, @Nullable String but) {
    for (Map.Entry<String, Foreign> each : rooms.foreign(room)) {
      if (!each.getKey().equals(but)) {
        notices.tell(user, added(room, each.getKey(), each.getValue()));
      }
    }
  }

  static ForeignAdded added(String room, String peer, Foreign member) {
    return new ForeignAdded(room, peer, member.dialect(), member.entry());
  }

  /**
   * A user is no full member any more, and has no conversation with a foreign member. A foreign
   * member that is not there for any other user is a member no longer: those who are left have lost
   * it before, and are not told again.
   */
  void leaveForeign(String room, String user) {
    for (Map.Entry<String, Foreign> each : rooms.foreign(room)) {
      Set<String> lost = new HashSet<>(each.getValue().lost());
      lost.remove(user);
      keepUnlessLost(room, each.getKey(), each.getValue(), lost);
    }
  }

  /** Keeps a foreign member as long as there is a full member that has not lost it. */
  void keepUnlessLost(String room, String peer, Foreign member, Set<String> lost) {
    if (lost.containsAll(rooms.fullMembersBut(room, null))) {
      rooms.removeForeign(room, peer);
    } else {
      rooms.setLost(room, peer, member, lost);
    }
  }

  /** Shows the user's present status in a room, with what it says there laid over it. */
  PeerChange show(String room, String user, Bytes own) {
    Bytes shown = Statuses.merge(users.status(user), own);
    rooms.setStatus(room, user, own, shown);
    return new PeerChange.Changed(user, shown);
  }
}
