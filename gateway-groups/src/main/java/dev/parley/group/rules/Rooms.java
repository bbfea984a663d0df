package dev.parley.group.rules;

import static dev.parley.group.rules.Part.COUNTER;
import static dev.parley.group.rules.Part.FOREIGN;
import static dev.parley.group.rules.Part.LISTING;
import static dev.parley.group.rules.Part.MEMBER;
import static dev.parley.group.rules.Part.ONLY;
import static dev.parley.group.rules.Part.ROOM;
import static dev.parley.group.rules.Part.STATUS;

import dev.parley.group.RoomPeer;
import dev.parley.group.RoomView;
import dev.parley.group.ShownBytes;
import dev.parley.group.rules.Value.Foreign;
import dev.parley.group.rules.Value.Json;
import dev.parley.group.rules.Value.Member;
import dev.parley.group.rules.Value.Position;
import dev.parley.group.rules.Value.Room;
import dev.parley.signal.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The records of rooms: their status, their members, and where they are registered. */
record Rooms(Ledger ledger, String realm) {

  /** Numbers a room's members and registrations. */
  private static final String POSITIONS = "positions";

  /** How often a room's last member has gone. */
  private static final String EMPTIED = "emptied";

  /** Counts the rooms of a realm. */
  static final String ROOMS = "rooms";

  /** Counts the bytes of everything in a realm. */
  static final String BYTES = "bytes";

  /** The record of what is counted for the realm. */
  RecordKey realmKey() {
    return new RecordKey(realm, RecordKind.REALM, "");
  }

  RecordKey key(String room) {
    return new RecordKey(realm, RecordKind.ROOM, room);
  }

  boolean exists(String room) {
    return ledger.value(key(room), ROOM, ONLY) != null;
  }

  /** Counts the rooms. */
  Counter counter() {
    return new Counter(realmKey(), ROOMS);
  }

  /** Counts the bytes. */
  Counter bytesCounter() {
    return new Counter(realmKey(), BYTES);
  }

  /** How many rooms the realm has. */
  long count() {
    return ledger.count(realmKey(), ROOMS);
  }

  /** How many bytes all that is in the realm has. */
  long bytes() {
    return ledger.count(realmKey(), BYTES);
  }

  /** There are so many bytes more, or less. */
  void addBytes(long bytes) {
    ledger.add(realmKey(), BYTES, bytes);
  }

  void create(String room, Duration linger, String maker) {
    ledger.put(key(room), ROOM, ONLY, new Room(linger, maker));
    ledger.add(realmKey(), ROOMS, 1);
  }

  /** Forgets the room and its status; nobody may be in it, and it may be registered nowhere. */
  void remove(String room) {
    ledger.clear(key(room), ROOM);
    ledger.clear(key(room), STATUS);
    ledger.clear(key(room), COUNTER);
    ledger.add(realmKey(), ROOMS, -1);
  }

  /** How long the room stays with nobody in it. */
  Duration linger(String room) {
    return existing(room).linger();
  }

  /** Who made the room, and may be gone by now; null if that is not known. */
  @Nullable
  String maker(String room) {
    return existing(room).maker();
  }

  private Room existing(String room) {
    return Objects.requireNonNull(ledger.value(key(room), ROOM, ONLY), "there is no such room");
  }

  /** How often the last member of the room has gone. */
  long emptied(String room) {
    return ledger.count(key(room), EMPTIED);
  }

  /** The last member has gone once more. */
  void countEmptied(String room) {
    ledger.add(key(room), EMPTIED, 1);
  }

  @Nullable
  Member member(String room, String user) {
    return ledger.value(key(room), MEMBER, user);
  }

  /** How many members there are, foreign ones included, pending ones not. */
  int size(String room) {
    return ledger.values(key(room), MEMBER).size() - pending(room)
        + ledger.values(key(room), FOREIGN).size();
  }

  /** How many pending members there are. */
  int pending(String room) {
    int pending = 0;
    for (Member each : ledger.values(key(room), MEMBER).values()) {
      if (each.isPending()) {
        pending++;
      }
    }
    return pending;
  }

  /** How many bytes it takes to show the room to a user who joins it; 0 if there is none. */
  long shown(String room) {
    if (!exists(room)) {
      return 0;
    }
    long bytes = ShownBytes.room(room);
    for (Map.Entry<String, Json> each : ledger.values(key(room), STATUS).entrySet()) {
      bytes += ShownBytes.key(each.getKey(), each.getValue().json());
    }
    for (Map.Entry<String, Member> each : ledger.values(key(room), MEMBER).entrySet()) {
      bytes += ShownBytes.user(each.getKey(), each.getValue().shown());
    }
    for (Map.Entry<String, Foreign> each : ledger.values(key(room), FOREIGN).entrySet()) {
      bytes += ShownBytes.foreign(room, each.getKey(), each.getValue().dialect());
    }
    return bytes;
  }

  /** Foreign members never are in a room alone. */
  boolean isEmpty(String room) {
    return ledger.values(key(room), MEMBER).isEmpty();
  }

  /** The members but one, pending ones included. */
  List<String> membersBut(String room, String user) {
    Map<String, Member> members = ledger.values(key(room), MEMBER);
    List<String> others = new ArrayList<>(members.size());
    for (String each : members.keySet()) {
      if (!each.equals(user)) {
        others.add(each);
      }
    }
    return others;
  }

  /** The members but one that are not pending. */
  List<String> fullMembersBut(String room, @Nullable String user) {
    List<String> others = new ArrayList<>();
    ledger.values(key(room), MEMBER).forEach((name, member) -> {
      if (!member.isPending() && !name.equals(user)) {
        others.add(name);
      }
    });
    return others;
  }

  /** The members but one, pending ones included, in the order in which they came. */
  Map<String, RoomPeer> peersBut(String room, @Nullable String user) {
    List<Map.Entry<String, Member>> members =
        new ArrayList<>(ledger.values(key(room), MEMBER).entrySet());
    members.sort(Comparator.comparingLong(each -> each.getValue().position()));
    Map<String, RoomPeer> peers = LinkedHashMap.newLinkedHashMap(members.size());
    for (Map.Entry<String, Member> each : members) {
      if (!each.getKey().equals(user)) {
        peers.put(each.getKey(), peer(each.getValue()));
      }
    }
    return peers;
  }

  /**
   * Adds a member.
   *
   * @param own its status in this room
   * @param shown what others see
   * @param inviter who invited it, if it is a pending one
   */
  Member add(String room, String user, Bytes own, Bytes shown, @Nullable String inviter) {
    Member added = new Member(nextPosition(room).at(), own, shown, inviter);
    ledger.put(key(room), MEMBER, user, added);
    return added;
  }

  /** What a member says of itself in this room. */
  Bytes own(String room, String user) {
    return known(room, user).own();
  }

  /** What a member says of itself in this room, and what others see. */
  void setStatus(String room, String user, Bytes own, Bytes shown) {
    Member before = known(room, user);
    ledger.put(key(room), MEMBER, user,
        new Member(before.position(), own, shown, before.inviter()));
  }

  /** A member is pending no longer. */
  void settle(String room, String user) {
    Member before = known(room, user);
    ledger.put(key(room), MEMBER, user,
        new Member(before.position(), before.own(), before.shown(), null));
  }

  private Member known(String room, String user) {
    return Objects.requireNonNull(member(room, user), "the user is no member");
  }

  void remove(String room, String user) {
    ledger.remove(key(room), MEMBER, user);
  }

  static RoomPeer peer(Member member) {
    return new RoomPeer(member.shown(), member.isPending());
  }

  @Nullable
  Foreign foreign(String room, String peer) {
    return ledger.value(key(room), FOREIGN, peer);
  }

  /** The foreign members by id, in the order in which they came. */
  List<Map.Entry<String, Foreign>> foreign(String room) {
    Map<String, Foreign> members = ledger.values(key(room), FOREIGN);
    if (members.isEmpty()) {
      return List.of();
    }
    return members.entrySet().stream()
        .sorted(Comparator.comparingLong(each -> each.getValue().entry()))
        .toList();
  }

  /** Adds a foreign member. */
  Foreign addForeign(String room, String peer, String dialect) {
    Foreign added = new Foreign(nextPosition(room).at(), dialect, Set.of());
    ledger.put(key(room), FOREIGN, peer, added);
    return added;
  }

  /** The users that have lost a foreign member are these. */
  void setLost(String room, String peer, Foreign member, Set<String> lost) {
    if (!lost.equals(member.lost())) {
      ledger.put(key(room), FOREIGN, peer, new Foreign(member.entry(), member.dialect(), lost));
    }
  }

  void removeForeign(String room, String peer) {
    ledger.remove(key(room), FOREIGN, peer);
  }

  @Nullable
  Bytes status(String room, String key) {
    Json value = ledger.value(key(room), STATUS, key);
    return value == null ? null : value.json();
  }

  void setStatus(String room, String key, @Nullable Bytes value) {
    if (value == null) {
      ledger.remove(key(room), STATUS, key);
    } else {
      ledger.put(key(room), STATUS, key, new Json(value));
    }
  }

  /** All of the room's status: a JSON object, its members in the order of their names. */
  Bytes status(String room) {
    Map<String, Bytes> status = new TreeMap<>();
    ledger.values(key(room), STATUS).forEach((name, value) -> status.put(name, value.json()));
    return Statuses.object(status);
  }

  /** How many bytes the room's status has. */
  long statusSize(String room) {
    long size = 0;
    for (Map.Entry<String, Json> each : ledger.values(key(room), STATUS).entrySet()) {
      size += weight(each.getKey(), each.getValue().json());
    }
    return size;
  }

  /** How many bytes the room's status has if one key of it is set. */
  long statusSizeWith(String room, String key, Bytes value) {
    long size = weight(key, value);
    for (Map.Entry<String, Json> each : ledger.values(key(room), STATUS).entrySet()) {
      if (!each.getKey().equals(key)) {
        size += weight(each.getKey(), each.getValue().json());
      }
    }
    return size;
  }

  /** A key counts what it takes in memory, however short its JSON is. */
  private static long weight(String key, Bytes value) {
    return 2L * key.length() + value.length();
  }

  /** The room, but for one member. */
  RoomView viewBut(String room, @Nullable String user) {
    return new RoomView(status(room), peersBut(room, user));
  }

  boolean isListed(String room, String namespace) {
    return ledger.value(key(room), LISTING, namespace) != null;
  }

  /** Where the room is registered, in the order in which that was done. */
  List<String> listings(String room) {
    Map<String, Position> listings = ledger.values(key(room), LISTING);
    if (listings.isEmpty()) {
      return List.of();
    }
    return listings.entrySet().stream()
        .sorted(Comparator.comparingLong(each -> each.getValue().at()))
        .map(Map.Entry::getKey)
        .toList();
  }

  void addListing(String room, String namespace) {
    ledger.put(key(room), LISTING, namespace, nextPosition(room));
  }

  void removeListing(String room, String namespace) {
    ledger.remove(key(room), LISTING, namespace);
  }

  private Position nextPosition(String room) {
    long position = ledger.count(key(room), POSITIONS);
    ledger.add(key(room), POSITIONS, 1);
    return new Position(position);
  }
}
