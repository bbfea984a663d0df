package dev.parley.group.rules;

import static dev.parley.group.rules.Part.REGISTERED_ROOM;
import static dev.parley.group.rules.Part.REGISTERED_USER;
import static dev.parley.group.rules.Part.SUBSCRIBER;
import static dev.parley.group.rules.RecordKind.NAMESPACE;
import static dev.parley.group.rules.RecordKind.REGISTERED_ROOMS;
import static dev.parley.group.rules.RecordKind.REGISTERED_USERS;
import static dev.parley.group.rules.RecordKind.SUBSCRIBERS;

import dev.parley.group.rules.Value.Json;
import dev.parley.group.rules.Value.Position;
import dev.parley.signal.Bytes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Typed access to the records of namespaces: subscribers, registered users and rooms. */
record Namespaces(Ledger ledger, String realm) {

  /** The counter of what a namespace shows. */
  static final String BYTES = "bytes";

  private static final Position HERE = new Position(0);

  /** The key of the subscribers. */
  RecordKey subscribersKey(String namespace) {
    return new RecordKey(realm, SUBSCRIBERS, namespace);
  }

  RecordKey usersKey(String namespace) {
    return new RecordKey(realm, REGISTERED_USERS, namespace);
  }

  RecordKey roomsKey(String namespace) {
    return new RecordKey(realm, REGISTERED_ROOMS, namespace);
  }

  /** The keys of the subscribers of each of these namespaces. */
  List<RecordKey> subscribersKeys(Collection<String> namespaces) {
    return namespaces.stream().map(this::subscribersKey).toList();
  }

  /** Whether there is a subscriber or a registration. */
  boolean exists(String namespace) {
    ledger.expect(
        List.of(subscribersKey(namespace), usersKey(namespace), roomsKey(namespace)));
    return !ledger.values(subscribersKey(namespace), SUBSCRIBER).isEmpty()
        || !ledger.values(usersKey(namespace), REGISTERED_USER).isEmpty()
        || !ledger.values(roomsKey(namespace), REGISTERED_ROOM).isEmpty();
  }

  Set<String> subscribers(String namespace) {
    return ledger.values(subscribersKey(namespace), SUBSCRIBER).keySet();
  }

  void addSubscriber(String namespace, String user) {
    ledger.putUnread(subscribersKey(namespace), SUBSCRIBER, user, HERE, null);
  }

  void removeSubscriber(String namespace, String user) {
    ledger.removeUnread(subscribersKey(namespace), SUBSCRIBER, user, HERE);
  }

  /** The statuses of all registered users. */
  Map<String, Bytes> users(String namespace) {
    Map<String, Bytes> users = new LinkedHashMap<>();
    ledger.values(usersKey(namespace), REGISTERED_USER)
        .forEach((user, status) -> users.put(user, status.json()));
    return users;
  }

  /**
   * Registers a user, or updates its status.
   *
   * @param before the status shown so far; null if it is not registered yet
   */
  void putUser(String namespace, String user, Bytes status, @Nullable Bytes before) {
    ledger.putUnread(usersKey(namespace), REGISTERED_USER, user, new Json(status),
        before == null ? null : new Json(before));
  }

  void removeUser(String namespace, String user, Bytes before) {
    ledger.removeUnread(usersKey(namespace), REGISTERED_USER, user, new Json(before));
  }

  Set<String> rooms(String namespace) {
    return ledger.values(roomsKey(namespace), REGISTERED_ROOM).keySet();
  }

  void addRoom(String namespace, String room) {
    ledger.putUnread(roomsKey(namespace), REGISTERED_ROOM, room, HERE, null);
  }

  void removeRoom(String namespace, String room) {
    ledger.removeUnread(roomsKey(namespace), REGISTERED_ROOM, room, HERE);
  }

  /** The key of the namespace's counters. */
  RecordKey countKey(String namespace) {
    return new RecordKey(realm, NAMESPACE, namespace);
  }

  /** The counter of what the namespace shows. */
  Counter counter(String namespace) {
    return new Counter(countKey(namespace), BYTES);
  }

  /** The size in bytes of all users and rooms that the namespace shows. */
  long shown(String namespace) {
    return ledger.count(countKey(namespace), BYTES);
  }

  /** Adds to the size of what the namespace shows. */
  void addShown(String namespace, long bytes) {
    ledger.add(countKey(namespace), BYTES, bytes);
  }
}
