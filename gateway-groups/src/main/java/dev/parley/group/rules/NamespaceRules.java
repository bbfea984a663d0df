package dev.parley.group.rules;

import dev.parley.group.GroupAnswer;
import dev.parley.group.NamespaceCommand;
import dev.parley.group.NamespaceCommand.RegisterRoom;
import dev.parley.group.NamespaceCommand.RegisterUser;
import dev.parley.group.NamespaceCommand.Subscribe;
import dev.parley.group.NamespaceCommand.UnregisterRoom;
import dev.parley.group.NamespaceCommand.UnregisterUser;
import dev.parley.group.NamespaceCommand.Unsubscribe;
import dev.parley.group.NamespaceEvent.RoomAdded;
import dev.parley.group.NamespaceEvent.UserAdded;
import dev.parley.group.NamespaceEvent.UserRemoved;
import dev.parley.group.Refusal;
import dev.parley.group.RoomView;
import dev.parley.group.rules.Value.Member;
import dev.parley.signal.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules of namespaces: what they announce to their subscribers. */
record NamespaceRules(EvaluationContext turn) {

  private static final int PART_OF_STRANGERS = 4;

  void follow(NamespaceCommand command) {
    String user = command.user().id();
    String namespace = command.namespace();
    @Nullable Refusal refusal = turn.users().isHere(user)
        ? objection(user, command)
        : Refusal.NOT_HERE;
    if (refusal != null) {
      turn.effects().refuse(refusal);
      return;
    }
    switch (command) {
      case Subscribe subscribe -> subscribe(user, namespace);
      case Unsubscribe unsubscribe -> unsubscribe(user, namespace);
      case RegisterUser register -> registerUser(user, namespace);
      case UnregisterUser unregister -> unregisterUser(user, namespace);
      case RegisterRoom register -> registerRoom(register.room(), namespace);
      case UnregisterRoom unregister -> unregisterRoom(unregister.room(), namespace);
    }
  }

  private @Nullable Refusal objection(String user, NamespaceCommand command) {
    String namespace = command.namespace();
    return switch (command) {
      case Subscribe subscribe -> objectionToSubscribe(user, namespace);
      case Unsubscribe unsubscribe -> turn.users().isSubscribed(user, namespace)
          ? null
          : unlessUnknown(namespace, Refusal.NOT_SUBSCRIBED);
      case RegisterUser register -> objectionToRegister(user, namespace);
      case UnregisterUser unregister -> turn.users().isRegistered(user, namespace)
          ? null
          : unlessUnknown(namespace, Refusal.USER_NOT_REGISTERED);
      case RegisterRoom register -> objectionToRegisterRoom(user, register.room(), namespace);
      case UnregisterRoom unregister -> objectionToUnregisterRoom(unregister.room(), namespace);
    };
  }

  /** A namespace that does not exist is reported before any other refusal. */
  private Refusal unlessUnknown(String namespace, Refusal refusal) {
    return turn.namespaces().exists(namespace) ? refusal : Refusal.NO_SUCH_NAMESPACE;
  }

  private @Nullable Refusal objectionToSubscribe(String user, String namespace) {
    if (turn.users().isSubscribed(user, namespace)) {
      return Refusal.ALREADY_SUBSCRIBED;
    }
    if (turn.isNameTooLong(namespace)) {
      return Refusal.NAME_TOO_LONG;
    }
    return turn.users().subscriptions(user).size() >= turn.limits().namespacesPerUser()
        ? Refusal.USER_IN_TOO_MANY_NAMESPACES
        : null;
  }

  private void subscribe(String user, String namespace) {
    turn.overlay().expect(
        List.of(turn.namespaces().usersKey(namespace), turn.namespaces().roomsKey(namespace)));
    Map<String, Bytes> users = turn.namespaces().users(namespace);
    Set<String> names = turn.namespaces().rooms(namespace);
    turn.overlay().expect(names.stream().map(turn.rooms()::key).toList());
    Map<String, RoomView> rooms = LinkedHashMap.newLinkedHashMap(names.size());
    names.forEach(room -> rooms.put(room, turn.rooms().viewBut(room, null)));
    turn.users().addSubscription(user, namespace);
    turn.namespaces().addSubscriber(namespace, user);
    turn.effects().answer(new GroupAnswer.Subscribed(users, rooms));
  }

  private void unsubscribe(String user, String namespace) {
    turn.users().removeSubscription(user, namespace);
    turn.namespaces().removeSubscriber(namespace, user);
    turn.effects().done();
  }

  private @Nullable Refusal objectionToRegister(String user, String namespace) {
    if (turn.users().isRegistered(user, namespace)) {
      return Refusal.USER_ALREADY_REGISTERED;
    }
    if (turn.isNameTooLong(namespace)) {
      return Refusal.NAME_TOO_LONG;
    }
    return turn.users().registrations(user) >= turn.limits().namespacesPerUser()
        ? Refusal.USER_IN_TOO_MANY_NAMESPACES
        : null;
  }

  private void registerUser(String user, String namespace) {
    Bytes status = turn.users().status(user);
    turn.users().addRegistration(user, namespace);
    turn.namespaces().putUser(namespace, user, status, null);
    turn.tellSubscribers(namespace, new UserAdded(namespace, user, status));
    turn.effects().done();
  }

  private void unregisterUser(String user, String namespace) {
    turn.users().removeRegistration(user, namespace);
    turn.namespaces().removeUser(namespace, user, turn.users().status(user));
    turn.tellSubscribers(namespace, new UserRemoved(namespace, user));
    turn.effects().done();
  }

  private @Nullable Refusal objectionToRegisterRoom(
      String user, String room, String namespace) {
    if (!turn.rooms().exists(room)) {
      return Refusal.NO_SUCH_ROOM;
    }
    if (turn.rooms().isListed(room, namespace)) {
      return Refusal.ROOM_ALREADY_REGISTERED;
    }
    if (turn.isNameTooLong(namespace)) {
      return Refusal.NAME_TOO_LONG;
    }
    return turn.rooms().listings(room).size() >= namespaces(user, room)
        ? Refusal.ROOM_IN_TOO_MANY_NAMESPACES
        : null;
  }

  /**
   * The most namespaces in which the user may register a room; fewer if it is not a member of it.
   */
  private int namespaces(String user, String room) {
    int most = turn.limits().namespacesPerRoom();
    Member member = turn.rooms().member(room, user);
    return member != null && !member.isPending()
        ? most
        : Math.max(1, most / PART_OF_STRANGERS);
  }

  private void registerRoom(String room, String namespace) {
    turn.rooms().addListing(room, namespace);
    turn.namespaces().addRoom(namespace, room);
    turn.tellSubscribers(namespace,
        new RoomAdded(namespace, room, turn.rooms().viewBut(room, null)));
    turn.effects().done();
  }

  private @Nullable Refusal objectionToUnregisterRoom(String room, String namespace) {
    if (turn.rooms().isListed(room, namespace)) {
      return null;
    }
    return unlessUnknown(namespace,
        turn.rooms().exists(room) ? Refusal.ROOM_NOT_REGISTERED : Refusal.NO_SUCH_ROOM);
  }

  private void unregisterRoom(String room, String namespace) {
    turn.unlist(room, namespace);
    turn.effects().done();
  }
}
