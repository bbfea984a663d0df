package dev.parley.group.rules;

import dev.parley.group.ForeignCommand;
import dev.parley.group.ForeignCommand.Bring;
import dev.parley.group.ForeignCommand.Lose;
import dev.parley.group.ForeignCommand.Remove;
import dev.parley.group.ForeignCommand.TakeCall;
import dev.parley.group.GroupAnswer;
import dev.parley.group.Refusal;
import dev.parley.group.RoomEvent.ForeignRemoved;
import dev.parley.group.rules.Value.Foreign;
import dev.parley.group.rules.Value.Member;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules of foreign members: peers of other dialects that are members of rooms. */
record ForeignRules(EvaluationContext turn) {

  void follow(ForeignCommand command) {
    @Nullable Refusal refusal = objection(command);
    if (refusal != null) {
      turn.effects().refuse(refusal);
      return;
    }
    switch (command) {
      case Bring bring -> turn.effects().answer(new GroupAnswer.Brought(bring(bring)));
      case TakeCall call -> takeCall(call);
      case Lose lose -> lose(lose);
      case Remove remove -> remove(remove);
    }
  }

  private @Nullable Refusal objection(ForeignCommand command) {
    return switch (command) {
      case Bring bring -> objection(bring);
      case TakeCall call -> objection(call);
      case Lose lose -> null;
      case Remove remove -> null;
    };
  }

  private @Nullable Refusal objection(Bring bring) {
    String user = bring.user().id();
    String room = bring.room();
    turn.overlay().expect(List.of(turn.rooms().key(room), turn.users().key(bring.peer())));
    Refusal refusal = turn.objectionUnlessMember(user, room);
    if (refusal != null) {
      return refusal;
    }
    if (turn.users().isHere(bring.peer())) {
      return Refusal.NO_SUCH_RECIPIENT;
    }
    Foreign known = turn.rooms().foreign(room, bring.peer());
    if (known != null) {
      return known.lost().contains(user) ? null : Refusal.ALREADY_IN_ROOM;
    }
    return turn.objectionToOneMoreIn(room, user);
  }

  private @Nullable Refusal objection(TakeCall call) {
    String user = call.user().id();
    String room = call.room();
    turn.overlay().expect(List.of(turn.users().key(user), turn.rooms().key(room),
        turn.users().key(call.peer()), turn.rooms().realmKey()));
    if (!turn.users().isHere(user)) {
      return Refusal.NOT_HERE;
    }
    if (turn.users().isHere(call.peer())) {
      return Refusal.NO_SUCH_RECIPIENT;
    }
    int more = turn.rooms().foreign(room, call.peer()) == null ? 1 : 0;
    Member member = turn.rooms().member(room, user);
    if (member != null) {
      return member.isPending() ? Refusal.ONLY_INVITED : turn.objectionToMoreIn(room, user, more);
    }
    if (turn.isTooBig(call.status())) {
      return Refusal.STATUS_TOO_BIG;
    }
    if (turn.users().rooms(user) >= turn.limits().roomsPerUser()) {
      return Refusal.IN_TOO_MANY_ROOMS;
    }
    return turn.objectionToMoreIn(room, user, more + 1);
  }

  /** Makes a peer a member of the room, present for this user; returns its entry number. */
  private long bring(Bring bring) {
    String user = bring.user().id();
    String room = bring.room();
    String peer = bring.peer();
    Foreign known = turn.rooms().foreign(room, peer);
    if (known != null) {
      turn.rooms().setLost(room, peer, known, without(known.lost(), user));
      return known.entry();
    }
    Foreign added = turn.rooms().addForeign(room, peer, bring.dialect());
    turn.effects().tell(turn.rooms().fullMembersBut(room, user),
        EvaluationContext.added(room, peer, added));
    return added.entry();
  }

  private static Set<String> without(Set<String> lost, String user) {
    Set<String> fewer = new HashSet<>(lost);
    fewer.remove(user);
    return fewer;
  }

  private void takeCall(TakeCall call) {
    String user = call.user().id();
    String room = call.room();
    boolean joins = turn.rooms().member(room, user) == null;
    if (joins) {
      turn.open(room, call.linger(), user);
    }
    long entry = bring(new Bring(call.user(), room, call.peer(), call.dialect()));
    if (joins) {
      turn.admit(room, user, call.status().detached(), null);
    }
    turn.effects().answer(new GroupAnswer.Brought(entry));
    if (joins) {
      turn.tellOfForeign(room, user, call.peer());
    }
  }

  private void lose(Lose lose) {
    String user = lose.user().id();
    Foreign known = known(lose, lose.entry());
    if (known != null) {
      Set<String> lost = new HashSet<>(known.lost());
      lost.add(user);
      turn.keepUnlessLost(lose.room(), lose.peer(), known, lost);
    }
    turn.effects().done();
  }

  private void remove(Remove remove) {
    String room = remove.room();
    Foreign known = known(remove, remove.entry());
    if (known != null) {
      turn.rooms().removeForeign(room, remove.peer());
      List<String> others = turn.rooms().fullMembersBut(room, remove.user().id());
      others.removeAll(known.lost());
      turn.effects().tell(others, new ForeignRemoved(room, remove.peer(), known.entry()));
    }
    turn.effects().done();
  }

  /** The membership that a full member refers to; null if it is over. */
  private @Nullable Foreign known(ForeignCommand command, long entry) {
    String user = command.user().id();
    Foreign known = turn.rooms().foreign(command.room(), command.peer());
    boolean stands = known != null && known.entry() == entry
        && turn.objectionUnlessMember(user, command.room()) == null;
    return stands ? known : null;
  }
}
