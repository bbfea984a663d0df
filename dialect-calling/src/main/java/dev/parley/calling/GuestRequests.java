package dev.parley.calling;

import dev.parley.dialect.Switchboard;
import dev.parley.group.GroupAnswer;
import dev.parley.group.InvitationCommand.Accept;
import dev.parley.group.InvitationCommand.Deny;
import dev.parley.group.InvitationCommand.Invite;
import dev.parley.group.NamespaceCommand.Subscribe;
import dev.parley.group.NamespaceCommand.Unsubscribe;
import dev.parley.group.Refusal;
import dev.parley.group.RoomCommand.Join;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.UserCommand;
import dev.parley.signal.Bytes;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts a user's requests to groups, or, where they are about peers of other dialects, to who looks
 * after {@link Guests}. Groups do not know such peers: who is unknown to groups is looked for among
 * all peers of the realm. Event loop of the session only.
 */
final class GuestRequests {

  private static final GroupAnswer DONE = new GroupAnswer.Done();
  private static final Bytes NOTHING = Bytes.utf8("{}");

  private final PeerAddress self;
  private final Duration linger;
  private final Switchboard switchboard;
  private final Guests guests;
  private final Callers callers;
  private final Introductions introductions;
  private final OutgoingSignals outgoing;
  private final @Nullable Sightings sightings;

  /**
   * @param linger how long rooms stay with nobody in them
   * @param sightings shows all peers of the realm in a namespace; null if none is for that
   */
  GuestRequests(PeerAddress self, Duration linger, Switchboard switchboard, Guests guests,
      Callers callers, Introductions introductions, OutgoingSignals outgoing,
      @Nullable Sightings sightings) {
    this.self = self;
    this.linger = linger;
    this.switchboard = switchboard;
    this.guests = guests;
    this.callers = callers;
    this.introductions = introductions;
    this.outgoing = outgoing;
    this.sightings = sightings;
  }

  /** Carries a request out; {@code answer} is called once, in its place among what is told. */
  void carryOut(UserCommand command, Consumer<GroupAnswer> answer) {
    switch (command) {
      case SendToMember said -> say(said, answer);
      case Invite invite -> invite(invite, answer);
      case Accept accept -> accept(accept, answer);
      case Deny deny -> deny(deny, answer);
      case Join join -> switchboard.group(join, told -> {
        enter(told);
        answer.accept(told);
      });
      case Leave leave -> thenIfDone(leave, answer, () -> introductions.leaves(leave.room()));
      case Subscribe subscribe when sightings != null -> thenIfDone(
          subscribe, answer, () -> sightings.begin(subscribe.namespace()));
      case Unsubscribe unsubscribe when sightings != null -> thenIfDone(
          unsubscribe, answer, () -> sightings.end(unsubscribe.namespace()));
      default -> switchboard.group(command, answer);
    }
  }

  private void enter(GroupAnswer told) {
    if (told instanceof GroupAnswer.Joined joined) {
      introductions.attendance().joined(joined.room(), joined.peers());
    }
  }

  private void thenIfDone(UserCommand command, Consumer<GroupAnswer> answer, Runnable then) {
    switchboard.group(command, told -> {
      answer.accept(told);
      if (!(told instanceof GroupAnswer.Refused)) {
        then.run();
      }
    });
  }

  // ---- talking

  private void say(SendToMember said, Consumer<GroupAnswer> answer) {
    Guest guest = guests.in(said.room(), said.to());
    if (guest != null) {
      answer.accept(DONE);
      outgoing.says(guest, said);
    } else {
      group(said, answer, stranger -> find(said.to(), stranger, answer, peer -> {
        introductions.enter(peer, said.room());
        say(said, answer);
      }));
    }
  }

  // ---- inviting

  private void invite(Invite invite, Consumer<GroupAnswer> answer) {
    group(invite, answer, stranger -> find(invite.invited(), stranger, answer, peer -> {
      if (guests.in(invite.room(), invite.invited()) != null) {
        answer.accept(new GroupAnswer.Refused(Refusal.ALREADY_IN_ROOM));
      } else {
        ifMember(invite.room(), invite.invited(), answer, () -> {
          Guest guest = introductions.invite(peer, invite.room());
          answer.accept(new GroupAnswer.Invited(guest.handle()));
          introductions.accepts(guest);
        });
      }
    }));
  }

  /**
   * Somebody has to make an offer to the peer, and only a member can. Who asks to talk to somebody
   * that is not in the room is told so only if it is a member itself.
   */
  private void ifMember(
      String room, String stranger, Consumer<GroupAnswer> answer, Runnable member) {
    group(new SendToMember(self, room, stranger, "", NOTHING), answer, refused -> member.run());
  }

  // ---- being invited

  private void accept(Accept accept, Consumer<GroupAnswer> answer) {
    Guest guest = callers.ringing(accept.handle());
    if (guest == null) {
      thenIfDone(accept, answer, () -> introductions.attendance().accepted(accept.handle()));
      return;
    }
    callers.joins(guest);
    switchboard.group(new Join(self, guest.room(), accept.status(), linger), told -> {
      enter(told);
      if (isIn(told)) {
        answer.accept(DONE);
        callers.isIn(guest);
      } else {
        answer.accept(told);
        callers.staysOut(guest);
      }
    });
  }

  /** Who has joined the room by its name first is in, too. */
  private static boolean isIn(GroupAnswer joined) {
    return !(joined instanceof GroupAnswer.Refused(Refusal refusal))
        || refusal == Refusal.ALREADY_IN_ROOM;
  }

  private void deny(Deny deny, Consumer<GroupAnswer> answer) {
    Guest guest = callers.ringing(deny.handle());
    if (guest == null) {
      thenIfDone(deny, answer, () -> introductions.attendance().declined(deny.handle()));
    } else {
      answer.accept(DONE);
      callers.denies(guest);
    }
  }

  // ---- who groups do not know

  /** Asks groups, and goes on with {@code stranger} if they do not know somebody. */
  private void group(
      UserCommand command, Consumer<GroupAnswer> answer, Consumer<GroupAnswer> stranger) {
    switchboard.group(command, told -> {
      if (told instanceof GroupAnswer.Refused(Refusal refusal)
          && refusal == Refusal.NO_SUCH_RECIPIENT) {
        stranger.accept(told);
      } else {
        answer.accept(told);
      }
    });
  }

  /** Looks for a peer of another dialect; if there is none, groups were right. */
  private void find(
      String id, GroupAnswer unknown, Consumer<GroupAnswer> answer, Consumer<Peer> found) {
    BiConsumer<Optional<Peer>, Throwable> told = (peer, away) -> {
      if (away != null) {
        answer.accept(new GroupAnswer.Refused(Refusal.UNAVAILABLE));
      } else if (peer.isEmpty() || peer.get().dialect().equals(CallingDialect.NAME)) {
        answer.accept(unknown);
      } else if (guests.isFull()) {
        answer.accept(new GroupAnswer.Refused(Refusal.TOO_MANY_INVITATIONS));
      } else {
        found.accept(peer.get());
      }
    };
    var unused = switchboard.look(self.neighbour(id))
        .onComplete(look -> told.accept(look.result(), look.cause()));
  }
}
