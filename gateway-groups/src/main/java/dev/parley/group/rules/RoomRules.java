package dev.parley.group.rules;

import dev.parley.group.GroupAnswer;
import dev.parley.group.PeerChange;
import dev.parley.group.Refusal;
import dev.parley.group.RoomCommand;
import dev.parley.group.RoomCommand.Expected;
import dev.parley.group.RoomCommand.Join;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.RoomCommand.SetMemberStatus;
import dev.parley.group.RoomCommand.SetRoomStatus;
import dev.parley.group.RoomDue;
import dev.parley.group.RoomEvent;
import dev.parley.group.RoomPeer;
import dev.parley.group.rules.Value.Member;
import dev.parley.signal.Bytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules of rooms: joining and leaving, statuses, and messages between members. */
record RoomRules(EvaluationContext turn) {

  void follow(RoomCommand command) {
    String user = command.user().id();
    String room = command.room();
    @Nullable Refusal refusal = switch (command) {
      case Join join -> objection(user, join);
      case Leave leave -> turn.objectionUnlessMember(user, room);
      case SetRoomStatus set -> objection(user, set);
      case SetMemberStatus set -> objection(user, set);
      case SendToMember send -> objection(user, send);
    };
    if (refusal != null) {
      turn.effects().refuse(refusal);
      return;
    }
    switch (command) {
      case Join join -> join(user, join);
      case Leave leave -> leave(user, room);
      case SetRoomStatus set -> setStatus(user, set);
      case SetMemberStatus set -> setStatus(user, set);
      case SendToMember send -> send(user, send);
    }
  }

  private @Nullable Refusal objection(String user, Join join) {
    turn.overlay().expect(List.of(
        turn.users().key(user), turn.rooms().key(join.room()), turn.rooms().realmKey()));
    if (!turn.users().isHere(user)) {
      return Refusal.NOT_HERE;
    }
    if (turn.rooms().member(join.room(), user) != null) {
      return Refusal.ALREADY_IN_ROOM;
    }
    if (turn.isTooBig(join.status())) {
      return Refusal.STATUS_TOO_BIG;
    }
    if (turn.users().rooms(user) >= turn.limits().roomsPerUser()) {
      return Refusal.IN_TOO_MANY_ROOMS;
    }
    return turn.objectionToOneMoreIn(join.room(), user);
  }

  private void join(String user, Join join) {
    String room = join.room();
    turn.open(room, join.linger(), user);
    Map<String, RoomPeer> peers = turn.rooms().peersBut(room, null);
    turn.admit(room, user, join.status().detached(), null);
    turn.effects().answer(new GroupAnswer.Joined(room, peers, turn.rooms().status(room)));
    turn.tellOfForeign(room, user, null);
  }

  private void leave(String user, String room) {
    turn.overlay().expect(List.of(turn.users().key(user), turn.rooms().realmKey()));
    turn.rooms().remove(room, user);
    turn.users().removeRoom(user, room);
    turn.leaveForeign(room, user);
    if (turn.rooms().isEmpty(room)) {
      turn.becomeEmpty(room);
    } else {
      turn.tellMembers(room, new PeerChange.Removed(user));
    }
    turn.effects().done();
  }

  private @Nullable Refusal objection(String user, SetRoomStatus set) {
    Refusal refusal = turn.objectionUnlessMember(user, set.room());
    if (refusal != null) {
      return refusal;
    }
    Bytes value = set.value();
    Bytes current = turn.rooms().status(set.room(), set.key());
    if (set.expected() != null && !isAsExpected(current, set.expected())) {
      return Refusal.STATUS_NOT_AS_EXPECTED;
    }
    if (value != null && turn.rooms().statusSizeWith(set.room(), set.key(), value) > turn
        .limits().status().bytes()) {
      return Refusal.STATUS_TOO_BIG;
    }
    return null;
  }

  private static boolean isAsExpected(@Nullable Bytes current, Expected expected) {
    Bytes value = expected.value();
    if (current == null || value == null) {
      return current == null && value == null;
    }
    return JsonValue.same(current, value);
  }

  private void setStatus(String user, SetRoomStatus set) {
    Bytes value = set.value();
    turn.rooms().setStatus(set.room(), set.key(), value == null ? null : value.detached());
    List<String> others = turn.rooms().membersBut(set.room(), user);
    if (!others.isEmpty()) {
      turn.effects().tell(others,
          new RoomEvent.StatusChanged(set.room(), turn.rooms().status(set.room())));
    }
    turn.effects().done();
  }

  private @Nullable Refusal objection(String user, SetMemberStatus set) {
    Refusal refusal = turn.objectionUnlessMember(user, set.room());
    if (refusal != null) {
      return refusal;
    }
    return turn.isTooBig(set.status()) ? Refusal.STATUS_TOO_BIG : null;
  }

  private void setStatus(String user, SetMemberStatus set) {
    turn.overlay().expect(List.of(turn.users().key(user)));
    turn.expectSubscribersOf(set.room());
    PeerChange change = turn.show(set.room(), user, set.status().detached());
    turn.tellMembers(set.room(), change);
    turn.tellSubscribers(set.room(), change);
    turn.effects().done();
  }

  private @Nullable Refusal objection(String user, SendToMember send) {
    Refusal refusal = turn.objectionUnlessMember(user, send.room());
    if (refusal != null) {
      return refusal;
    }
    Member recipient = turn.rooms().member(send.room(), send.to());
    if (recipient == null) {
      return Refusal.NO_SUCH_RECIPIENT;
    }
    return recipient.isPending() ? Refusal.RECIPIENT_PENDING : null;
  }

  private void send(String user, SendToMember send) {
    turn.effects().tell(send.to(),
        new RoomEvent.Said(send.room(), user, send.name(), send.data()));
    turn.effects().done();
  }

  /** The deadline of an empty room. */
  void due(RoomDue due) {
    String room = due.room();
    turn.overlay().expect(List.of(turn.rooms().key(room), turn.rooms().realmKey()));
    if (turn.rooms().exists(room) && turn.rooms().isEmpty(room)
        && turn.rooms().emptied(room) == due.emptied()) {
      turn.unlistEverywhere(room);
      turn.remove(room);
    }
  }
}
