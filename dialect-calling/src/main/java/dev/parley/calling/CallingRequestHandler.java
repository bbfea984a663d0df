package dev.parley.calling;

import dev.parley.dialect.Switchboard;
import dev.parley.group.ForeignCommand.Bring;
import dev.parley.group.ForeignCommand.TakeCall;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupAnswer.Brought;
import dev.parley.group.GroupAnswer.Refused;
import dev.parley.group.InvitationCommand.Accept;
import dev.parley.group.InvitationCommand.Deny;
import dev.parley.group.InvitationCommand.Invite;
import dev.parley.group.NamespaceCommand.Subscribe;
import dev.parley.group.NamespaceCommand.Unsubscribe;
import dev.parley.group.Refusal;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.RoomEvent.ForeignAdded;
import dev.parley.group.UserCommand;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts a user's requests to groups, and looks after what is different where they are about peers of
 * other dialects. These are no users: who is unknown to groups is looked for among all peers of the
 * realm, and then brought in. Event loop of the session only.
 *
 * @param linger how long rooms stay when the last member has left
 * @param sightings shows all peers of the realm in a namespace; null if none is for that
 */
record CallingRequestHandler(PeerAddress self, Duration linger, Switchboard switchboard,
    CallingGroupCommands groups, CallingForeignPeers guests, CallingIncomingCalls callers, CallingOutgoingSignals outgoing, CallingForeignPeerEvents news,
    @Nullable CallingForeignPresence sightings) {

  private static final GroupAnswer DONE = new GroupAnswer.Done();

  /** Carries a request out; {@code answer} is called once, in its place among what is told. */
  void carryOut(UserCommand command, Consumer<GroupAnswer> answer) {
    switch (command) {
      case SendToMember said -> say(said, answer);
      case Invite invite -> invite(invite, answer);
      case Accept accept -> accept(accept, answer);
      case Deny deny -> deny(deny, answer);
      case Leave leave -> thenIfDone(leave, answer,
          () -> guests.all(CallingForeignPeers.isIn(leave.room())).forEach(outgoing::hangUp));
      case Subscribe subscribe when sightings != null -> thenIfDone(
          subscribe, answer, () -> sightings.begin(subscribe.namespace()));
      case Unsubscribe unsubscribe when sightings != null -> thenIfDone(
          unsubscribe, answer, () -> sightings.end(unsubscribe.namespace()));
      default -> groups.ask(command, answer);
    }
  }

  private void thenIfDone(UserCommand command, Consumer<GroupAnswer> answer, Runnable then) {
    groups.ask(command, told -> {
      answer.accept(told);
      if (!(told instanceof Refused)) {
        then.run();
      }
    });
  }

  // ---- talking

  private void say(SendToMember said, Consumer<GroupAnswer> answer) {
    CallingForeignPeer guest = guests.in(said.room(), said.to());
    if (guest != null) {
      answer.accept(DONE);
      outgoing.says(guest, said);
    } else {
      groups.ask(said, told -> {
        if (isUnknown(told)) {
          bringToTalk(said, told, answer);
        } else {
          answer.accept(told);
        }
      });
    }
  }

  private void bringToTalk(
      SendToMember said, GroupAnswer unknown, Consumer<GroupAnswer> answer) {
    Consumer<GroupAnswer> notBrought = told -> {
      if (guests.in(said.room(), said.to()) == null) {
        answer.accept(told);
      } else {
        // Another user was faster.
        say(said, answer);
      }
    };
    bring(said.room(), said.to(), unknown, notBrought, added -> {
      guests.comes(added);
      news.comes(added);
      say(said, answer);
    });
  }

  // ---- inviting

  /** Peers of other dialects cannot be asked before there is an offer: they accept at once. */
  private void invite(Invite invite, Consumer<GroupAnswer> answer) {
    groups.ask(invite, told -> {
      if (!isUnknown(told)) {
        answer.accept(told);
        return;
      }
      bring(invite.room(), invite.invited(), told, answer, added -> {
        long handle = guests.nextHandle();
        guests.comes(added);
        news.isInvited(added);
        answer.accept(new GroupAnswer.Invited(handle));
        news.accepts(added, handle);
      });
    });
  }

  // ---- bringing in

  private static boolean isUnknown(GroupAnswer told) {
    return told instanceof Refused(Refusal refusal) && refusal == Refusal.NO_SUCH_RECIPIENT;
  }

  /** Brings in the peer of that id, if there is one. */
  private void bring(String room, String id, GroupAnswer unknown,
      Consumer<GroupAnswer> notBrought, Consumer<ForeignAdded> brought) {
    find(id, unknown, notBrought, peer -> groups.ask(
        new Bring(self, room, id, peer.dialect()), told -> {
          if (told instanceof Brought(long entry)) {
            brought.accept(new ForeignAdded(room, id, peer.dialect(), entry));
          } else {
            notBrought.accept(told);
          }
        }));
  }

  /** Looks for a peer of another dialect; if there is none, groups were right. */
  private void find(
      String id, GroupAnswer unknown, Consumer<GroupAnswer> answer, Consumer<Peer> found) {
    BiConsumer<Optional<Peer>, Throwable> told = (peer, away) -> {
      if (away != null) {
        answer.accept(new Refused(Refusal.UNAVAILABLE));
      } else if (peer.isEmpty() || peer.get().dialect().equals(CallingDialect.NAME)) {
        answer.accept(unknown);
      } else if (guests.isFull()) {
        answer.accept(new Refused(Refusal.TOO_MANY_INVITATIONS));
      } else {
        found.accept(peer.get());
      }
    };
    var unused = switchboard.look(self.neighbour(id))
        .onComplete(look -> told.accept(look.result(), look.cause()));
  }

  // ---- being invited

  private void accept(Accept accept, Consumer<GroupAnswer> answer) {
    CallingForeignPeer guest = callers.ringing(accept.handle());
    if (guest == null) {
      groups.ask(accept, answer);
      return;
    }
    guest.joins();
    TakeCall taken = new TakeCall(
        self, guest.room(), accept.status(), linger, guest.id(), guest.dialect());
    groups.ask(taken, told -> {
      if (told instanceof Brought(long entry)) {
        answer.accept(DONE);
        callers.isIn(guest, entry);
      } else {
        answer.accept(told);
        callers.staysOut(guest);
      }
    });
  }

  private void deny(Deny deny, Consumer<GroupAnswer> answer) {
    CallingForeignPeer guest = callers.ringing(deny.handle());
    if (guest == null) {
      groups.ask(deny, answer);
    } else {
      answer.accept(DONE);
      callers.denies(guest);
    }
  }
}
