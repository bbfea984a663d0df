package dev.parley.group.rules;

import static dev.parley.group.rules.FieldGroup.REGISTERED_ROOM;
import static dev.parley.group.rules.FieldGroup.REGISTERED_USER;
import static dev.parley.group.rules.FieldGroup.SUBSCRIBER;
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
record Namespaces(RecordOverlay overlay, String realm) {

  /** The counter of what a namespace shows. */
  static final String BYTES = "bytes";

  private static final Position HERE = Position.of(0);

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
    overlay.expect(
        List.of(subscribersKey(namespace), usersKey(namespace), roomsKey(namespace)));
    return !overlay.values(subscribersKey(namespace), SUBSCRIBER).isEmpty()
        || !overlay.values(usersKey(namespace), REGISTERED_USER).isEmpty()
        || !overlay.values(roomsKey(namespace), REGISTERED_ROOM).isEmpty();
  }

  Set<String> subscribers(String namespace) {
    return overlay.values(subscribersKey(namespace), SUBSCRIBER).keySet();
  }

  void addSubscriber(String namespace, String user) {
    overlay.putUnread(subscribersKey(namespace), SUBSCRIBER, user, HERE, null);
  }

  void removeSubscriber(String namespace, String user) {
    overlay.removeUnread(subscribersKey(namespace), SUBSCRIBER, user, HERE);
  }

  /** The statuses of all registered users. */
  Map<String, Bytes> users(String namespace) {
    Map<String, Bytes> users = new LinkedHashMap<>();
    overlay.values(usersKey(namespace), REGISTERED_USER)
        .forEach((user, status) -> users.put(user, status.json()));
    return users;
  }

  /**
   * Registers a user, or updates its status.
   *
   * @param before the status shown so far; null if it is not registered yet
   */
  void putUser(String namespace, String user, Bytes status, @Nullable Bytes before) {
    overlay.putUnread(usersKey(namespace), REGISTERED_USER, user, new Json(status),
        before == null ? null : new Json(before));
  }

  void removeUser(String namespace, String user, Bytes before) {
    overlay.removeUnread(usersKey(namespace), REGISTERED_USER, user, new Json(before));
  }

  Set<String> rooms(String namespace) {
    return overlay.values(roomsKey(namespace), REGISTERED_ROOM).keySet();
  }

  void addRoom(String namespace, String room) {
    overlay.putUnread(roomsKey(namespace), REGISTERED_ROOM, room, HERE, null);
  }

  void removeRoom(String namespace, String room) {
    overlay.removeUnread(roomsKey(namespace), REGISTERED_ROOM, room, HERE);
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
    return overlay.count(countKey(namespace), BYTES);
  }

  /** Adds to the size of what the namespace shows. */
  void addShown(String namespace, long bytes) {
    overlay.add(countKey(namespace), BYTES, bytes);
  }
}
