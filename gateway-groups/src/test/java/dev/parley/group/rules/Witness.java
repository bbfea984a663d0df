package dev.parley.group.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.group.ForeignCommand;
import dev.parley.group.ForeignCommand.Lose;
import dev.parley.group.ForeignCommand.Remove;
import dev.parley.group.ForeignCommand.TakeCall;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupEvent;
import dev.parley.group.GroupLimits;
import dev.parley.group.InvitationCommand.Deny;
import dev.parley.group.InvitationEvent;
import dev.parley.group.NamespaceCommand;
import dev.parley.group.NamespaceCommand.Unsubscribe;
import dev.parley.group.NamespaceEvent;
import dev.parley.group.PeerChange;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SetRoomStatus;
import dev.parley.group.RoomEvent;
import dev.parley.group.RoomPeer;
import dev.parley.group.RoomView;
import dev.parley.group.UserCommand;
import dev.parley.signal.Bytes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model of a client that knows only its deliveries. Its view of its rooms, and of the namespaces
 * that it is subscribed to, must equal the records.
 */
final class Witness {

  private final String name;
  private final Map<String, Room> rooms = new HashMap<>();
  private final Map<String, Namespace> namespaces = new HashMap<>();
  private final Map<Long, String> received = new HashMap<>();
  private final Set<String> leaving = new HashSet<>();
  /** Rooms that it is in whose members no delivery has listed. */
  private final Set<String> fromRecords = new HashSet<>();

  private static final class Room {
    private final Map<String, RoomPeer> peers;
    private final Map<String, Long> foreign = new HashMap<>();
    private Bytes status;

    Room(Map<String, RoomPeer> peers, Bytes status) {
      this.peers = new HashMap<>(peers);
      this.status = status;
    }

    void hear(PeerChange change) {
      RoomPeer before = peers.get(change.user());
      switch (change) {
        case PeerChange.Added added -> {
          assertThat(before).as("added, but there already: %s", change).isNull();
          peers.put(added.user(), added.peer());
        }
        case PeerChange.Accepted accepted -> {
          assertThat(before).as("accepted: %s", change).isNotNull();
          assertThat(before.pending()).isTrue();
          peers.put(change.user(), new RoomPeer(before.status(), false));
        }
        case PeerChange.Changed changed -> {
          assertThat(before).as("changed: %s", change).isNotNull();
          peers.put(change.user(), new RoomPeer(changed.status(), before.pending()));
        }
        case PeerChange.Removed removed -> {
          assertThat(before).as("removed: %s", change).isNotNull();
          peers.remove(change.user());
        }
      }
    }
  }

  private record Namespace(Map<String, Bytes> users, Set<String> rooms) {}

  Witness(String name) {
    this.name = name;
  }

  void hear(GroupEvent event) {
    switch (event) {
      case RoomEvent room -> hear(room);
      case NamespaceEvent namespace -> hear(namespace);
      case InvitationEvent invitation -> hear(invitation);
    }
  }

  private void hear(RoomEvent event) {
    Room room = rooms.get(event.room());
    assertThat(room).as("%s gets news of %s, where it is not: %s", name, event.room(), event)
        .isNotNull();
    switch (event) {
      case RoomEvent.PeerNews news -> {
        assertThat(news.change().user()).isNotEqualTo(name);
        room.hear(news.change());
      }
      case RoomEvent.StatusChanged changed -> room.status = changed.status();
      case RoomEvent.Said said -> assertThat(said.from().equals(name)
          || room.peers.containsKey(said.from())).isTrue();
      case RoomEvent.ForeignAdded added -> assertThat(
          room.foreign.put(added.peer(), added.entry())).as("added: %s", event).isNull();
      case RoomEvent.ForeignRemoved removed -> assertThat(
          room.foreign.remove(removed.peer())).as("removed: %s", event)
          .isEqualTo(removed.entry());
    }
  }

  private void hear(NamespaceEvent event) {
    Namespace namespace = namespaces.get(event.namespace());
    assertThat(namespace).as("%s gets news of %s", name, event).isNotNull();
    switch (event) {
      case NamespaceEvent.UserAdded added -> assertThat(
          namespace.users.put(added.user(), added.status())).isNull();
      case NamespaceEvent.UserChanged changed -> assertThat(
          namespace.users.put(changed.user(), changed.status())).isNotNull();
      case NamespaceEvent.UserRemoved removed -> assertThat(
          namespace.users.remove(removed.user())).isNotNull();
      case NamespaceEvent.RoomAdded added -> assertThat(namespace.rooms.add(added.room())).isTrue();
      case NamespaceEvent.RoomRemoved removed -> assertThat(namespace.rooms.remove(removed.room()))
          .isTrue();
      // The departure of the last member is announced after that of the room.
      case NamespaceEvent.RoomPeerNews news -> assertThat(
          news.change() instanceof PeerChange.Removed || namespace.rooms.contains(news.room()))
          .isTrue();
    }
  }

  private void hear(InvitationEvent event) {
    switch (event) {
      case InvitationEvent.Received invitation -> {
        enter(invitation.room(), invitation.view());
        received.put(invitation.handle(), invitation.room());
      }
      // Other events of the same command about the room are still to come.
      case InvitationEvent.Cancelled cancelled -> leaving
          .add(Objects.requireNonNull(received.remove(cancelled.handle())));
      case InvitationEvent.Answered answered -> {
      }
    }
  }

  private void enter(String room, RoomView view) {
    assertThat(view.peers()).doesNotContainKey(name);
    assertThat(rooms.put(room, new Room(view.peers(), view.status()))).isNull();
  }

  /** Gets an answer. */
  void hear(UserCommand asked, GroupAnswer answer) {
    switch (answer) {
      case GroupAnswer.Joined joined ->
          enter(joined.room(), new RoomView(joined.status(), joined.peers()));
      case GroupAnswer.Subscribed subscribed -> namespaces.put(
          ((NamespaceCommand) asked).namespace(),
          new Namespace(new HashMap<>(subscribed.users()),
              new HashSet<>(subscribed.rooms().keySet())));
      case GroupAnswer.Done done -> {
        switch (asked) {
          case Leave leave -> rooms.remove(leave.room());
          case Deny deny -> rooms.remove(received.remove(deny.handle()));
          case Lose lose -> forget(lose, lose.entry());
          case Remove remove -> forget(remove, remove.entry());
          case Unsubscribe unsubscribe -> namespaces.remove(unsubscribe.namespace());
          case SetRoomStatus set -> set(set.room(), set.key(), set.value());
          default -> {
          }
        }
      }
      case GroupAnswer.StatusHeard heard -> {
      }
      case GroupAnswer.Invited invited -> {
      }
      case GroupAnswer.Brought(long entry) -> {
        ForeignCommand command = (ForeignCommand) asked;
        if (command instanceof TakeCall && !rooms.containsKey(command.room())) {
          enter(command.room(), new RoomView(Statuses.NOTHING, Map.of()));
          fromRecords.add(command.room());
        }
        Room room = rooms.get(command.room());
        assertThat(room).isNotNull();
        Long before = room.foreign.put(command.peer(), entry);
        // The peer is known already if the call is taken in a room where it is a member.
        assertThat(before).isIn(null, command instanceof TakeCall ? entry : null);
      }
      case GroupAnswer.Refused refused -> {
      }
    }
  }

  private void forget(ForeignCommand command, long entry) {
    Room room = rooms.get(command.room());
    if (room != null) {
      room.foreign.remove(command.peer(), entry);
    }
  }

  private void set(String room, String key, @Nullable Bytes value) {
    Room known = rooms.get(room);
    assertThat(known).isNotNull();
    known.status = StatusText.with(known.status, key, value);
  }

  /** The foreign members that are present for it. */
  private Map<String, Long> foreign(EvaluationContext turn, String room) {
    Map<String, Long> foreign = new HashMap<>();
    if (!turn.rooms().peersBut(room, null).get(name).pending()) {
      turn.rooms().foreign(room).forEach(each -> {
        if (!each.getValue().lost().contains(name)) {
          foreign.put(each.getKey(), each.getValue().entry());
        }
      });
    }
    return foreign;
  }

  /** Compares its view with the records, after a command. */
  void compare(TestRecords records) {
    leaving.forEach(rooms::remove);
    leaving.clear();
    EvaluationContext turn = EvaluationContext.of(World.REALM, GroupLimits.DEFAULT, records);
    GroupRecord self = records.find(turn.users().key(name));
    assertThat(rooms.keySet()).as("rooms of %s", name)
        .isEqualTo(self.values(FieldGroup.MEMBERSHIP).keySet());
    fromRecords.forEach(room -> {
      Map<String, Long> foreign = rooms.get(room).foreign;
      Room known = new Room(turn.rooms().peersBut(room, name), turn.rooms().status(room));
      known.foreign.putAll(foreign);
      rooms.put(room, known);
    });
    fromRecords.clear();
    rooms.forEach((room, believed) -> {
      assertThat(believed.foreign).as("foreign members of %s for %s", room, name)
          .isEqualTo(foreign(turn, room));
      assertThat(believed.peers).as("%s in %s", name, room)
          .isEqualTo(turn.rooms().peersBut(room, name));
      assertThat(JsonValue.of(believed.status)).as("status of %s for %s", room, name)
          .isEqualTo(JsonValue.of(turn.rooms().status(room)));
    });
    assertThat(namespaces.keySet()).as("namespaces of %s", name)
        .isEqualTo(self.values(FieldGroup.SUBSCRIPTION).keySet());
    namespaces.forEach((namespace, believed) -> {
      assertThat(believed.users).isEqualTo(turn.namespaces().users(namespace));
      assertThat(believed.rooms).isEqualTo(turn.namespaces().rooms(namespace));
    });
  }
}
