package dev.parley.testkit.hub;

import dev.parley.group.ForeignCommand.Bring;
import dev.parley.group.ForeignCommand.Lose;
import dev.parley.group.ForeignCommand.Remove;
import dev.parley.group.ForeignCommand.TakeCall;
import dev.parley.group.InvitationCommand.Accept;
import dev.parley.group.InvitationCommand.Cancel;
import dev.parley.group.InvitationCommand.Deny;
import dev.parley.group.InvitationCommand.Invite;
import dev.parley.group.NamespaceCommand.RegisterRoom;
import dev.parley.group.NamespaceCommand.RegisterUser;
import dev.parley.group.NamespaceCommand.Subscribe;
import dev.parley.group.NamespaceCommand.UnregisterRoom;
import dev.parley.group.NamespaceCommand.UnregisterUser;
import dev.parley.group.NamespaceCommand.Unsubscribe;
import dev.parley.group.PresenceCommand.SetStatus;
import dev.parley.group.RoomCommand.Expected;
import dev.parley.group.RoomCommand.Join;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.RoomCommand.SetMemberStatus;
import dev.parley.group.RoomCommand.SetRoomStatus;
import dev.parley.group.UserCommand;
import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Random commands of users; equal for equal seeds. */
final class ChanceCommands {

  private static final List<String> ROOMS = List.of("r", "q", "__proto__");
  private static final List<String> NAMESPACES = List.of("n", "m");
  private static final List<String> STATUSES = List.of("{}", "{\"x\":1}", "{\"x\":[2],\"y\":null}");
  private static final List<String> PEERS = List.of("peer1", "peer2");
  private static final int HANDLES = 6;
  private static final int ENTRIES = 30;

  private final Random chance;
  private final List<String> users;
  private final Duration linger;

  ChanceCommands(long seed, List<String> users, Duration linger) {
    this.chance = new Random(seed);
    this.users = users;
    this.linger = linger;
  }

  /** The next command of a user. */
  UserCommand next(PeerAddress user) {
    String room = one(ROOMS);
    String namespace = one(NAMESPACES);
    Bytes status = Bytes.utf8(one(STATUSES));
    long handle = chance.nextInt(HANDLES);
    long entry = chance.nextInt(ENTRIES);
    return switch (chance.nextInt(26)) {
      case 0, 1 -> new SetStatus(user, status);
      case 2, 3, 4 -> new Join(user, room, status, linger);
      case 5, 6 -> new Leave(user, room);
      case 7 -> new SetRoomStatus(user, room, "k", chance.nextBoolean() ? status : null,
          chance.nextBoolean() ? new Expected(status) : null);
      case 8 -> new SetMemberStatus(user, room, status);
      case 9 -> new SendToMember(user, room, one(users), "e", status);
      case 10 -> new Subscribe(user, namespace);
      case 11 -> new Unsubscribe(user, namespace);
      case 12 -> new RegisterUser(user, namespace);
      case 13 -> new UnregisterUser(user, namespace);
      case 14 -> new RegisterRoom(user, namespace, room);
      case 15 -> new UnregisterRoom(user, namespace, room);
      case 16 -> new Invite(user, room, one(users), status, linger);
      case 17 -> new Cancel(user, handle);
      case 18 -> new Accept(user, handle, status);
      case 19, 20 -> new Bring(user, room, one(PEERS), "peerjs");
      case 21 -> new TakeCall(user, room, status, linger, one(PEERS), "peerjs");
      case 22, 23 -> new Lose(user, room, one(PEERS), entry);
      case 24 -> new Remove(user, room, one(PEERS), entry);
      default -> new Deny(user, handle);
    };
  }

  /** One of several. */
  <T> T one(List<T> all) {
    return all.get(chance.nextInt(all.size()));
  }

  /** True with a small probability. */
  boolean rarely() {
    return chance.nextInt(25) == 0;
  }
}
