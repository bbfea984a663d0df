package dev.parley.calling;

import dev.parley.dialect.Switchboard;
import dev.parley.group.ForeignCommand.Bring;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupAnswer.Brought;
import dev.parley.group.GroupAnswer.Refused;
import dev.parley.group.InvitationCommand.Invite;
import dev.parley.group.Refusal;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.RoomEvent.ForeignAdded;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Adds peers of other dialects to the user's rooms. They are no users: a recipient that is unknown
 * to groups is looked for among all peers of the realm, and added as a foreign member. Event loop
 * of the session only.
 */
final class CallingForeignJoins {

  private final PeerAddress self;
  private final Switchboard switchboard;
  private final CallingGroupCommands groups;
  private final CallingForeignPeers peers;
  private final CallingForeignPeerEvents events;

  CallingForeignJoins(PeerAddress self, Switchboard switchboard, CallingGroupCommands groups,
      CallingForeignPeers peers, CallingForeignPeerEvents events) {
    this.self = self;
    this.switchboard = switchboard;
    this.groups = groups;
    this.peers = peers;
    this.events = events;
  }

  /**
   * Sends a message to a member; if there is none with that id, adds the peer that has it.
   *
   * @param toForeign sends the message to a foreign member
   */
  void send(SendToMember message, Consumer<GroupAnswer> answer,
      Consumer<CallingForeignPeer> toForeign) {
    CallingForeignPeer member = peers.in(message.room(), message.to());
    if (member != null) {
      answer.accept(new GroupAnswer.Done());
      toForeign.accept(member);
      return;
    }
    groups.ask(message, result -> {
      if (!isUnknownRecipient(result)) {
        answer.accept(result);
        return;
      }
      Consumer<GroupAnswer> notAdded = refusal -> {
        if (peers.in(message.room(), message.to()) == null) {
          answer.accept(refusal);
        } else {
          // Another user was faster.
          send(message, answer, toForeign);
        }
      };
      add(message.room(), message.to(), result, notAdded, added -> {
        peers.add(added);
        events.added(added);
        send(message, answer, toForeign);
      });
    });
  }

  /** Invites a user; a peer of another dialect has no way to reply, so it accepts at once. */
  void invite(Invite invite, Consumer<GroupAnswer> answer) {
    groups.ask(invite, result -> {
      if (!isUnknownRecipient(result)) {
        answer.accept(result);
        return;
      }
      add(invite.room(), invite.invited(), result, answer, added -> {
        long handle = peers.nextHandle();
        peers.add(added);
        events.pending(added);
        answer.accept(new GroupAnswer.Invited(handle));
        events.accepted(added, handle);
      });
    });
  }

  private static boolean isUnknownRecipient(GroupAnswer answer) {
    return answer instanceof Refused(Refusal refusal) && refusal == Refusal.NO_SUCH_RECIPIENT;
  }

  private void add(String room, String id, GroupAnswer unknown,
      Consumer<GroupAnswer> notAdded, Consumer<ForeignAdded> then) {
    find(id, unknown, notAdded, peer -> groups.ask(
        new Bring(self, room, id, peer.dialect()), result -> {
          if (result instanceof Brought(long entry)) {
            then.accept(new ForeignAdded(room, id, peer.dialect(), entry));
          } else {
            notAdded.accept(result);
          }
        }));
  }

  /** Looks for a peer of another dialect; if there is none, the answer of groups stands. */
  private void find(
      String id, GroupAnswer unknown, Consumer<GroupAnswer> answer, Consumer<Peer> found) {
    BiConsumer<Optional<Peer>, Throwable> conclude = (peer, failure) -> {
      if (failure != null) {
        answer.accept(new Refused(Refusal.UNAVAILABLE));
      } else if (peer.isEmpty() || peer.get().dialect().equals(CallingDialect.NAME)) {
        answer.accept(unknown);
      } else if (peers.isFull()) {
        answer.accept(new Refused(Refusal.TOO_MANY_INVITATIONS));
      } else {
        found.accept(peer.get());
      }
    };
    var unused = switchboard.look(self.neighbour(id))
        .onComplete(look -> conclude.accept(look.result(), look.cause()));
  }
}
