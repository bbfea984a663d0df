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

/** The records of namespaces: who is subscribed, who and what is registered. */
record Namespaces(Ledger ledger, String realm) {

  /** Counts what a namespace has to show. */
  static final String BYTES = "bytes";

  private static final Position HERE = new Position(0);

  /** The record of who is subscribed. */
  RecordKey subscribersKey(String namespace) {
    return new RecordKey(realm, SUBSCRIBERS, namespace);
  }

  RecordKey usersKey(String namespace) {
    return new RecordKey(realm, REGISTERED_USERS, namespace);
  }

  RecordKey roomsKey(String namespace) {
    return new RecordKey(realm, REGISTERED_ROOMS, namespace);
  }

  /** The records of who is subscribed to each of these namespaces. */
  List<RecordKey> subscribersKeys(Collection<String> namespaces) {
    return namespaces.stream().map(this::subscribersKey).toList();
  }

  /** Whether somebody is subscribed, or something registered. */
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

  /** The status of every registered user. */
  Map<String, Bytes> users(String namespace) {
    Map<String, Bytes> users = new LinkedHashMap<>();
    ledger.values(usersKey(namespace), REGISTERED_USER)
        .forEach((user, status) -> users.put(user, status.json()));
    return users;
  }

  /**
   * Registers a user, or shows its new status.
   *
   * @param before the status that it has shown; null if it is not registered yet
   */
  void putUser(String namespace, String user, Bytes status, @Nullable Bytes before) {
    ledger.putUnread(usersKey(namespace), REGISTERED_USER, user, new Json(status),
        before == null ? null : new Json(before));
  }

  void removeUser(String namespace, String user, Bytes before) {
    ledger.removeUnread(usersKey(namespace), REGISTERED_USER, user, new Json(before));
  }

  /** Every registered room. */
  Set<String> rooms(String namespace) {
    return ledger.values(roomsKey(namespace), REGISTERED_ROOM).keySet();
  }

  void addRoom(String namespace, String room) {
    ledger.putUnread(roomsKey(namespace), REGISTERED_ROOM, room, HERE, null);
  }

  void removeRoom(String namespace, String room) {
    ledger.removeUnread(roomsKey(namespace), REGISTERED_ROOM, room, HERE);
  }

  /** The record of how much the namespace has to show. */
  RecordKey countKey(String namespace) {
    return new RecordKey(realm, NAMESPACE, namespace);
  }

  /** Counts what the namespace has to show. */
  Counter counter(String namespace) {
    return new Counter(countKey(namespace), BYTES);
  }

  /** How many bytes it takes to show all users and rooms of the namespace. */
  long shown(String namespace) {
    return ledger.count(countKey(namespace), BYTES);
  }

  /** There is so much more to show, or less. */
  void addShown(String namespace, long bytes) {
    ledger.add(countKey(namespace), BYTES, bytes);
  }
}
