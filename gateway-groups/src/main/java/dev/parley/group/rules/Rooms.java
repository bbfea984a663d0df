package dev.parley.group.rules;

import static dev.parley.group.rules.FieldGroup.COUNTER;
import static dev.parley.group.rules.FieldGroup.FOREIGN;
import static dev.parley.group.rules.FieldGroup.LISTING;
import static dev.parley.group.rules.FieldGroup.MEMBER;
import static dev.parley.group.rules.FieldGroup.ONLY;
import static dev.parley.group.rules.FieldGroup.ROOM;
import static dev.parley.group.rules.FieldGroup.STATUS;

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

/** Typed access to the records of rooms: status, members, registrations. */
record Rooms(RecordOverlay overlay, String realm) {

  /** Numbers a room's members and registrations. */
  private static final String POSITIONS = "positions";

  /** Counts how often a room has become empty. */
  private static final String EMPTIED = "emptied";

  /** Counts the rooms of a realm. */
  static final String ROOMS = "rooms";

  /** Counts the bytes of all records of a realm. */
  static final String BYTES = "bytes";

  /** The key of the realm's counters. */
  RecordKey realmKey() {
    return new RecordKey(realm, RecordKind.REALM, "");
  }

  RecordKey key(String room) {
    return new RecordKey(realm, RecordKind.ROOM, room);
  }

  boolean exists(String room) {
    return overlay.value(key(room), ROOM, ONLY) != null;
  }

  Counter counter() {
    return new Counter(realmKey(), ROOMS);
  }

  Counter bytesCounter() {
    return new Counter(realmKey(), BYTES);
  }

  /** The number of rooms in the realm. */
  long count() {
    return overlay.count(realmKey(), ROOMS);
  }

  /** The bytes of all records in the realm. */
  long bytes() {
    return overlay.count(realmKey(), BYTES);
  }

  /** Adds to the bytes of the realm. */
  void addBytes(long bytes) {
    overlay.add(realmKey(), BYTES, bytes);
  }

  void create(String room, Duration linger, String maker) {
    overlay.put(key(room), ROOM, ONLY, new Room(linger, maker));
    overlay.add(realmKey(), ROOMS, 1);
  }

  /** Removes the room and its status; it must be empty and registered nowhere. */
  void remove(String room) {
    overlay.clear(key(room), ROOM);
    overlay.clear(key(room), STATUS);
    overlay.clear(key(room), COUNTER);
    overlay.add(realmKey(), ROOMS, -1);
  }

  /** How long the room lingers when empty. */
  Duration linger(String room) {
    return existing(room).linger();
  }

  /** The creator of the room, who may have left; null if unknown. */
  @Nullable
  String maker(String room) {
    return existing(room).maker();
  }

  private Room existing(String room) {
    return Objects.requireNonNull(overlay.value(key(room), ROOM, ONLY), "there is no such room");
  }

  /** How often the room has become empty. */
  long emptied(String room) {
    return overlay.count(key(room), EMPTIED);
  }

  /** Counts that the room has become empty again. */
  void countEmptied(String room) {
    overlay.add(key(room), EMPTIED, 1);
  }

  @Nullable
  Member member(String room, String user) {
    return overlay.value(key(room), MEMBER, user);
  }

  /** The number of members, including foreign ones, without pending ones. */
  int size(String room) {
    return overlay.values(key(room), MEMBER).size() - pending(room)
        + overlay.values(key(room), FOREIGN).size();
  }

  /** The number of pending members. */
  int pending(String room) {
    int pending = 0;
    for (Member each : overlay.values(key(room), MEMBER).values()) {
      if (each.isPending()) {
        pending++;
      }
    }
    return pending;
  }

  /** The size in bytes of the room's view for a user who joins; 0 if there is no room. */
  long shown(String room) {
    if (!exists(room)) {
      return 0;
    }
    long bytes = ShownBytes.room(room);
    for (Map.Entry<String, Json> each : overlay.values(key(room), STATUS).entrySet()) {
      bytes += ShownBytes.key(each.getKey(), each.getValue().json());
    }
    for (Map.Entry<String, Member> each : overlay.values(key(room), MEMBER).entrySet()) {
      bytes += ShownBytes.user(each.getKey(), each.getValue().shown());
    }
    for (Map.Entry<String, Foreign> each : overlay.values(key(room), FOREIGN).entrySet()) {
      bytes += ShownBytes.foreign(room, each.getKey(), each.getValue().dialect());
    }
    return bytes;
  }

  /** Foreign members never remain in a room alone. */
  boolean isEmpty(String room) {
    return overlay.values(key(room), MEMBER).isEmpty();
  }

  /** All members except one, including pending ones. */
  List<String> membersBut(String room, String user) {
    Map<String, Member> members = overlay.values(key(room), MEMBER);
    List<String> others = new ArrayList<>(members.size());
    for (String each : members.keySet()) {
      if (!each.equals(user)) {
        others.add(each);
      }
    }
    return others;
  }

  /** All members except one, without pending ones. */
  List<String> fullMembersBut(String room, @Nullable String user) {
    List<String> others = new ArrayList<>();
    overlay.values(key(room), MEMBER).forEach((name, member) -> {
      if (!member.isPending() && !name.equals(user)) {
        others.add(name);
      }
    });
    return others;
  }

  /** All members except one, including pending ones, in order of arrival. */
  Map<String, RoomPeer> peersBut(String room, @Nullable String user) {
    List<Map.Entry<String, Member>> members =
        new ArrayList<>(overlay.values(key(room), MEMBER).entrySet());
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
   * @param shown the status that others see
   * @param inviter the inviter, for a pending member
   */
  Member add(String room, String user, Bytes own, Bytes shown, @Nullable String inviter) {
    Member added = new Member(nextPosition(room).at(), own, shown, inviter);
    overlay.put(key(room), MEMBER, user, added);
    return added;
  }

  /** A member's own status in this room. */
  Bytes own(String room, String user) {
    return known(room, user).own();
  }

  /** Sets a member's own status in this room, and the status that others see. */
  void setStatus(String room, String user, Bytes own, Bytes shown) {
    Member before = known(room, user);
    overlay.put(key(room), MEMBER, user,
        new Member(before.position(), own, shown, before.inviter()));
  }

  /** Makes a pending member a full one. */
  void settle(String room, String user) {
    Member before = known(room, user);
    overlay.put(key(room), MEMBER, user,
        new Member(before.position(), before.own(), before.shown(), null));
  }

  private Member known(String room, String user) {
    return Objects.requireNonNull(member(room, user), "the user is no member");
  }

  void remove(String room, String user) {
    overlay.remove(key(room), MEMBER, user);
  }

  static RoomPeer peer(Member member) {
    return new RoomPeer(member.shown(), member.isPending());
  }

  @Nullable
  Foreign foreign(String room, String peer) {
    return overlay.value(key(room), FOREIGN, peer);
  }

  /** The foreign members by id, in order of arrival. */
  List<Map.Entry<String, Foreign>> foreign(String room) {
    Map<String, Foreign> members = overlay.values(key(room), FOREIGN);
    if (members.isEmpty()) {
      return List.of();
    }
    return members.entrySet().stream()
        .sorted(Comparator.comparingLong(each -> each.getValue().entry()))
        .toList();
  }

  Foreign addForeign(String room, String peer, String dialect) {
    Foreign added = new Foreign(nextPosition(room).at(), dialect, Set.of());
    overlay.put(key(room), FOREIGN, peer, added);
    return added;
  }

  /** Replaces the set of users that have lost a foreign member. */
  void setLost(String room, String peer, Foreign member, Set<String> lost) {
    if (!lost.equals(member.lost())) {
      overlay.put(key(room), FOREIGN, peer, new Foreign(member.entry(), member.dialect(), lost));
    }
  }

  void removeForeign(String room, String peer) {
    overlay.remove(key(room), FOREIGN, peer);
  }

  @Nullable
  Bytes status(String room, String key) {
    Json value = overlay.value(key(room), STATUS, key);
    return value == null ? null : value.json();
  }

  void setStatus(String room, String key, @Nullable Bytes value) {
    if (value == null) {
      overlay.remove(key(room), STATUS, key);
    } else {
      overlay.put(key(room), STATUS, key, new Json(value));
    }
  }

  /** The room's status: a JSON object, its members sorted by name. */
  Bytes status(String room) {
    Map<String, Bytes> status = new TreeMap<>();
    overlay.values(key(room), STATUS).forEach((name, value) -> status.put(name, value.json()));
    return Statuses.object(status);
  }

  /** The size in bytes of the room's status. */
  long statusSize(String room) {
    long size = 0;
    for (Map.Entry<String, Json> each : overlay.values(key(room), STATUS).entrySet()) {
      size += weight(each.getKey(), each.getValue().json());
    }
    return size;
  }

  /** The size in bytes of the room's status after one key is set. */
  long statusSizeWith(String room, String key, Bytes value) {
    long size = weight(key, value);
    for (Map.Entry<String, Json> each : overlay.values(key(room), STATUS).entrySet()) {
      if (!each.getKey().equals(key)) {
        size += weight(each.getKey(), each.getValue().json());
      }
    }
    return size;
  }

  /** A key weighs its size in memory, however short its JSON is. */
  private static long weight(String key, Bytes value) {
    return 2L * key.length() + value.length();
  }

  /** The view of the room, without one member. */
  RoomView viewBut(String room, @Nullable String user) {
    return new RoomView(status(room), peersBut(room, user));
  }

  boolean isListed(String room, String namespace) {
    return overlay.value(key(room), LISTING, namespace) != null;
  }

  /** The namespaces where the room is registered, in order of registration. */
  List<String> listings(String room) {
    Map<String, Position> listings = overlay.values(key(room), LISTING);
    if (listings.isEmpty()) {
      return List.of();
    }
    return listings.entrySet().stream()
        .sorted(Comparator.comparingLong(each -> each.getValue().at()))
        .map(Map.Entry::getKey)
        .toList();
  }

  void addListing(String room, String namespace) {
    overlay.put(key(room), LISTING, namespace, nextPosition(room));
  }

  void removeListing(String room, String namespace) {
    overlay.remove(key(room), LISTING, namespace);
  }

  private Position nextPosition(String room) {
    long position = overlay.count(key(room), POSITIONS);
    overlay.add(key(room), POSITIONS, 1);
    return Position.of(position);
  }
}
