package dev.parley.group.local;

import dev.parley.group.ForeignCommand;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupLimits;
import dev.parley.group.InvitationCommand;
import dev.parley.group.NamespaceCommand;
import dev.parley.group.PresenceCommand;
import dev.parley.group.RoomCommand;
import dev.parley.group.UserCommand;
import dev.parley.hub.Recipient;
import dev.parley.signal.Bytes;
import dev.parley.signal.Delivery;
import dev.parley.signal.PeerAddress;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A program for a JVM of its own: fills a realm with things of one kind and prints by how many
 * bytes the heap has grown, and how many are counted.
 */
final class WeighedGroups {

  private static final Duration LINGER = Duration.ofMinutes(10);
  private static final int ROOM_KEYS = 500;
  private static final int USERS = 20_000;

  private static final Vertx VERTX = Vertx.vertx();

  private final LocalGroups groups = new LocalGroups(VERTX, GroupLimits.DEFAULT);
  private final List<User> strangers = new ArrayList<>();
  private int users;

  /** What belongs to sessions is there before. */
  private WeighedGroups(Kind kind) {
    for (int i = 0; kind == Kind.USERS && i < USERS; i++) {
      strangers.add(new User());
    }
  }

  /** What is weighed. */
  enum Kind {
    EMPTY_ROOMS, ROOMS_OF_USERS_THAT_ARE_GONE, ROOMS_WITH_A_STATUS, KEYS_OF_STATUSES, USERS,
    MEMBERS, MEMBERS_WITH_A_STATUS, MEMBERS_OF_SMALL_ROOMS, INVITATIONS, SUBSCRIPTIONS,
    REGISTRATIONS, REGISTERED_ROOMS, FOREIGN_MEMBERS
  }

  /** A user whose answers are looked at. */
  private final class User implements Recipient {

    private final PeerAddress address =
        new PeerAddress(PeerAddress.DEFAULT_REALM, "d3a1c4f0-user-" + users++);

    @Override
    public String dialect() {
      return "calling";
    }

    @Override
    public void deliver(Delivery delivery) {
      if (delivery instanceof GroupAnswer.Refused refused) {
        throw new IllegalStateException(refused.toString());
      }
    }

    User does(Function<PeerAddress, UserCommand> command) {
      groups.command(this, command.apply(address));
      return this;
    }

    User arrives() {
      return does(user -> new PresenceCommand.Arrive(user, status(2)));
    }

    User joins(String room, int status) {
      return does(user -> new RoomCommand.Join(user, read(room), status(status), LINGER));
    }

    User leaves(String room) {
      return does(user -> new RoomCommand.Leave(user, read(room)));
    }

    User says(String room, String key, int status) {
      return does(user -> new RoomCommand.SetRoomStatus(
          user, read(room), read(key), status(status), null));
    }

    User joinsAndLeaves(String room) {
      return joins(room, 2).leaves(room);
    }

    User departs() {
      groups.depart(this, address);
      return this;
    }
  }

  /** A name as it comes from a socket, which nothing else holds. */
  private static String read(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static Bytes status(int bytes) {
    return Bytes.utf8(bytes == 2 ? "{}" : "{\"a\":\"" + "x".repeat(bytes - 8) + "\"}");
  }

  private static String room(int number) {
    return "a-room-with-a-name-" + number;
  }

  private void fill(Kind kind) {
    switch (kind) {
      case EMPTY_ROOMS -> {
        for (int i = 0; i < 30_000; i += 10) {
          User user = new User().arrives();
          for (int j = i; j < i + 10; j++) {
            user.joinsAndLeaves(room(j));
          }
          user.departs();
        }
      }
      case ROOMS_OF_USERS_THAT_ARE_GONE -> {
        for (int i = 0; i < 30_000; i++) {
          new User().arrives().joinsAndLeaves(room(i)).departs();
        }
      }
      case ROOMS_WITH_A_STATUS -> {
        for (int i = 0; i < 5000; i++) {
          new User().arrives().joins(room(i), 2).says(room(i), "topic", 1000).leaves(room(i))
              .departs();
        }
      }
      case KEYS_OF_STATUSES -> {
        for (int i = 0; i < 100; i++) {
          User user = new User().arrives().joins(room(i), 2);
          for (int j = 0; j < ROOM_KEYS; j++) {
            user.says(room(i), "key" + j, 2);
          }
        }
      }
      case USERS -> {
        strangers.forEach(User::arrives);
      }
      case MEMBERS -> members(100, 100, 2);
      case MEMBERS_WITH_A_STATUS -> members(50, 100, 1000);
      case MEMBERS_OF_SMALL_ROOMS -> {
        for (int i = 0; i < 5000; i++) {
          new User().arrives().joins(room(i), 2);
          new User().arrives().joins(room(i), 2);
        }
      }
      case INVITATIONS -> {
        List<User> invited =
            Stream.generate(User::new).limit(50).map(User::arrives).toList();
        for (int i = 0; i < 100; i++) {
          String room = room(i);
          User inviter = new User().arrives().joins(room, 2);
          invited.forEach(each -> inviter.does(user -> new InvitationCommand.Invite(
              user, read(room), each.address.id(), status(2), LINGER)));
        }
      }
      case SUBSCRIPTIONS -> inNamespaces((namespace, user) -> user.does(
          address -> new NamespaceCommand.Subscribe(address, read(namespace))));
      case REGISTRATIONS -> inNamespaces((namespace, user) -> user.does(
          address -> new NamespaceCommand.RegisterUser(address, read(namespace))));
      case REGISTERED_ROOMS -> inNamespaces((namespace, user) -> {
        String room = "of " + user.address.id() + namespace.substring(namespace.length() - 1);
        if (namespace.endsWith("0")) {
          for (int i = 0; i < 10; i++) {
            user.joins("of " + user.address.id() + i, 2);
          }
        }
        user.does(address -> new NamespaceCommand.RegisterRoom(
            address, read(namespace), read(room)));
      });
      case FOREIGN_MEMBERS -> {
        for (int i = 0; i < 200; i++) {
          String room = room(i);
          User user = new User().arrives().joins(room, 2);
          for (int j = 0; j < 50; j++) {
            String peer = "peer-of-peerjs-" + j;
            user.does(address -> new ForeignCommand.Bring(
                address, read(room), read(peer), "peerjs"));
          }
        }
      }
    }
  }

  private void members(int count, int rooms, int status) {
    for (int i = 0; i < count; i++) {
      User user = new User().arrives();
      for (int j = 0; j < rooms; j++) {
        user.joins(room(j), status);
      }
    }
  }

  /** Does something in a namespace. */
  private interface InNamespace {
    void does(String namespace, User user);
  }

  /** Each namespace has one user or room. */
  private void inNamespaces(InNamespace deed) {
    int number = 0;
    for (int i = 0; i < 1000; i++) {
      User user = new User().arrives();
      for (int j = 0; j < 10; j++) {
        deed.does("namespace-" + number++, user);
      }
    }
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Prints "KIND grown counted" for each kind. */
  public static void main(String[] args) {
    // What is made once is made before, and nothing goes while something is weighed.
    List<WeighedGroups> kept = new ArrayList<>();
    for (boolean isWarm : List.of(false, true)) {
      for (Kind kind : Kind.values()) {
        WeighedGroups weighed = new WeighedGroups(kind);
        kept.add(weighed);
        long before = isWarm ? used() : 0;
        weighed.fill(kind);
        if (isWarm) {
          long grown = used() - before;
          System.out.printf(Locale.ROOT, "%s %d %d%n", kind, grown, weighed.groups.bytes());
        }
      }
    }
    System.exit(kept.size() == 2 * Kind.values().length ? 0 : 1);
  }
}
