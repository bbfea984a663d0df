package dev.parley.group.rules;

import dev.parley.group.Departure;
import dev.parley.group.ForeignCommand.Bring;
import dev.parley.group.ForeignCommand.Lose;
import dev.parley.group.ForeignCommand.Remove;
import dev.parley.group.ForeignCommand.TakeCall;
import dev.parley.group.GroupCommand;
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
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.PresenceCommand.SetStatus;
import dev.parley.group.RoomCommand.Expected;
import dev.parley.group.RoomCommand.Join;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.RoomCommand.SetMemberStatus;
import dev.parley.group.RoomCommand.SetRoomStatus;
import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random actions of a few users in few places, so that they meet. Permitted and forbidden actions
 * are equally likely.
 */
final class Actions {

  static final List<String> USERS = List.of("anna", "bert", "carl", "dora");

  private static final Arbitrary<PeerAddress> USER = Arbitraries.of(USERS).map(World::address);
  private static final Arbitrary<String> ROOM = Arbitraries.of("r", "q", "__proto__");
  private static final Arbitrary<String> NAMESPACE = Arbitraries.of("n", "m");
  private static final Arbitrary<String> PEER = Arbitraries.of("p", "q", "anna");
  private static final Arbitrary<Long> ENTRY = Arbitraries.longs().between(0, 8);
  private static final Arbitrary<Long> HANDLE = Arbitraries.longs().between(0, 5);
  private static final Arbitrary<Bytes> STATUS =
      Arbitraries.of("{}", "{'x':1}", "{'x':2,'y':[]}", "{'y':null}").map(World::json);
  private static final Arbitrary<Bytes> VALUE =
      Arbitraries.of("1", "1.0", "'1'", "null", "{'a':[],'b':2}", "{'b':2,'a':[]}")
          .map(World::json);

  /** Rooms that linger, and rooms that do not. */
  private static final Arbitrary<Duration> LINGER =
      Arbitraries.of(World.LINGER, World.LINGER, Duration.ZERO);

  /** One action of a run. */
  sealed interface Action {

    /** A command is run. */
    record Does(GroupCommand command) implements Action {}

    /** The oldest deadline is due. */
    record TimePasses() implements Action {}
  }

  private Actions() {}

  /** All users arrive, and then act. */
  static Arbitrary<List<Action>> all() {
    return any().list().ofMinSize(10).ofMaxSize(120);
  }

  /** The end of a run: all users depart, and all deadlines fire. */
  static List<GroupCommand> farewell() {
    return USERS.stream().<GroupCommand>map(user -> new Departure(World.address(user))).toList();
  }

  static List<GroupCommand> arrivals() {
    return USERS.stream()
        .<GroupCommand>map(user -> new Arrive(World.address(user), World.json("{}"))).toList();
  }

  private static Arbitrary<Action> any() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, does(Combinators.combine(USER, STATUS).as(Arrive::new))),
        Tuple.of(1, does(USER.map(Departure::new))),
        Tuple.of(3, does(Combinators.combine(USER, STATUS).as(SetStatus::new))),
        Tuple.of(8, does(Combinators.combine(USER, ROOM, STATUS, LINGER).as(Join::new))),
        Tuple.of(4, does(Combinators.combine(USER, ROOM).as(Leave::new))),
        Tuple.of(3, does(Combinators
            .combine(USER, ROOM, Arbitraries.of("k", "toString"), VALUE.injectNull(0.2),
                VALUE.injectNull(0.2).map(Expected::new).injectNull(0.5))
            .as(SetRoomStatus::new))),
        Tuple.of(3, does(Combinators.combine(USER, ROOM, STATUS).as(SetMemberStatus::new))),
        Tuple.of(3, does(Combinators
            .combine(USER, ROOM, Arbitraries.of(USERS), Arbitraries.of("e"), VALUE)
            .as(SendToMember::new))),
        Tuple.of(3, does(Combinators.combine(USER, NAMESPACE).as(Subscribe::new))),
        Tuple.of(1, does(Combinators.combine(USER, NAMESPACE).as(Unsubscribe::new))),
        Tuple.of(3, does(Combinators.combine(USER, NAMESPACE).as(RegisterUser::new))),
        Tuple.of(2, does(Combinators.combine(USER, NAMESPACE).as(UnregisterUser::new))),
        Tuple.of(4, does(Combinators.combine(USER, NAMESPACE, ROOM).as(RegisterRoom::new))),
        Tuple.of(1, does(Combinators.combine(USER, NAMESPACE, ROOM).as(UnregisterRoom::new))),
        Tuple.of(8, does(Combinators
            .combine(USER, ROOM, Arbitraries.of(USERS), VALUE, LINGER).as(Invite::new))),
        Tuple.of(3, does(Combinators.combine(USER, HANDLE).as(Cancel::new))),
        Tuple.of(5, does(Combinators.combine(USER, HANDLE, STATUS).as(Accept::new))),
        Tuple.of(3, does(Combinators.combine(USER, HANDLE).as(Deny::new))),
        Tuple.of(5, does(Combinators
            .combine(USER, ROOM, PEER, Arbitraries.of("peerjs", "linkup")).as(Bring::new))),
        Tuple.of(3, does(Combinators
            .combine(USER, ROOM, STATUS, LINGER, PEER, Arbitraries.of("peerjs"))
            .as(TakeCall::new))),
        Tuple.of(6, does(Combinators.combine(USER, ROOM, PEER, ENTRY).as(Lose::new))),
        Tuple.of(4, does(Combinators.combine(USER, ROOM, PEER, ENTRY).as(Remove::new))),
        Tuple.of(1, Arbitraries.create(Action.TimePasses::new)));
  }

  private static Arbitrary<Action> does(Arbitrary<? extends GroupCommand> command) {
    return command.map(Action.Does::new);
  }
}
