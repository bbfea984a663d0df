package dev.parley.group.rules;

import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupLimits;
import dev.parley.group.InvitationCommand;
import dev.parley.group.InvitationCommand.Accept;
import dev.parley.group.InvitationCommand.Cancel;
import dev.parley.group.InvitationCommand.Deny;
import dev.parley.group.InvitationCommand.Invite;
import dev.parley.group.InvitationEvent.Answered;
import dev.parley.group.InvitationEvent.Cancelled;
import dev.parley.group.InvitationEvent.Received;
import dev.parley.group.PeerChange;
import dev.parley.group.Refusal;
import dev.parley.group.RoomView;
import dev.parley.group.rules.Value.Invitation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules of invitations. An invited user is a pending member at once. */
record InvitationRules(EvaluationContext turn) {

  void follow(InvitationCommand command) {
    String user = command.user().id();
    if (!turn.users().isHere(user)) {
      turn.effects().refuse(Refusal.NOT_HERE);
      return;
    }
    switch (command) {
      case Invite invite -> {
        Refusal refusal = objection(user, invite);
        if (refusal == null) {
          invite(user, invite);
        } else {
          turn.effects().refuse(refusal);
        }
      }
      case Cancel cancel -> {
        Invitation open = open(user, cancel.handle(), true);
        if (open != null) {
          cancel(user, cancel.handle(), open);
        }
      }
      case Accept accept -> {
        Invitation open = open(user, accept.handle(), false);
        Refusal refusal = open == null ? null : objection(user, accept, open);
        if (refusal != null) {
          turn.effects().refuse(refusal);
        } else if (open != null) {
          accept(user, accept, open);
        }
      }
      case Deny deny -> {
        Invitation open = open(user, deny.handle(), false);
        if (open != null) {
          deny(user, deny.handle(), open);
        }
      }
    }
  }

  private @Nullable Refusal objection(String user, Invite invite) {
    String invited = invite.invited();
    turn.overlay().expect(List.of(turn.users().key(invited), turn.rooms().key(invite.room()),
        turn.rooms().realmKey()));
    if (!turn.users().isHere(invited)) {
      return Refusal.NO_SUCH_RECIPIENT;
    }
    if (turn.rooms().member(invite.room(), invited) != null) {
      return Refusal.ALREADY_IN_ROOM;
    }
    GroupLimits limits = turn.limits();
    if (turn.users().sent(user) >= limits.invitationsPerUser()
        || turn.users().sent(user, invited) >= limits.invitationsPerPair()) {
      return Refusal.TOO_MANY_INVITATIONS;
    }
    if (turn.users().received(invited) >= limits.invitationsReceived()) {
      return Refusal.RECIPIENT_BUSY;
    }
    if (turn.rooms().pending(invite.room()) >= limits.invitationsPerRoom()) {
      return Refusal.ROOM_FULL;
    }
    return turn.objectionToOneMoreIn(invite.room(), user);
  }

  private @Nullable Refusal objection(String user, Accept accept, Invitation open) {
    if (turn.isTooBig(accept.status())) {
      return Refusal.STATUS_TOO_BIG;
    }
    if (turn.users().rooms(user) >= turn.limits().roomsPerUser()) {
      return Refusal.IN_TOO_MANY_ROOMS;
    }
    return turn.objectionToOneMoreIn(open.room(), user);
  }

  private void invite(String inviter, Invite invite) {
    String room = invite.room();
    String invited = invite.invited();
    turn.open(room, invite.linger(), inviter);
    long sent = turn.users().takeHandle(inviter);
    long received = turn.users().takeHandle(invited);
    turn.users().addInvitation(inviter, sent, new Invitation(true, room, invited, received));
    turn.users().addInvitation(invited, received, new Invitation(false, room, inviter, sent));
    RoomView view = turn.rooms().viewBut(room, null);
    turn.admit(room, invited, Statuses.NOTHING, inviter);
    turn.effects().tell(invited, new Received(received, room, view, inviter, invite.data()));
    turn.effects().answer(new GroupAnswer.Invited(sent));
  }

  /** The user's open invitation with that handle; refuses if there is none. */
  private @Nullable Invitation open(String user, long handle, boolean outgoing) {
    Invitation open = turn.users().invitation(user, handle);
    if (open == null || open.outgoing() != outgoing) {
      turn.effects().refuse(Refusal.NO_SUCH_INVITATION);
      return null;
    }
    turn.overlay().expect(List.of(turn.users().key(open.peer()), turn.rooms().key(open.room()),
        turn.rooms().realmKey()));
    return open;
  }

  private void close(String user, long handle, Invitation open) {
    turn.users().removeInvitation(user, handle);
    turn.users().removeInvitation(open.peer(), open.peerHandle());
  }

  private void cancel(String user, long handle, Invitation open) {
    close(user, handle, open);
    turn.effects().tell(open.peer(), new Cancelled(open.peerHandle()));
    turn.effects().done();
    turn.withdraw(open.room(), open.peer());
  }

  private void deny(String user, long handle, Invitation open) {
    close(user, handle, open);
    turn.effects().tell(open.peer(), new Answered(open.peerHandle(), false));
    turn.effects().done();
    turn.withdraw(open.room(), user);
  }

  /** Members get the acceptance before the status; subscribers the other way round. */
  private void accept(String user, Accept accept, Invitation open) {
    String room = open.room();
    turn.expectSubscribersOf(room);
    close(user, accept.handle(), open);
    turn.rooms().settle(room, user);
    PeerChange accepted = new PeerChange.Accepted(user);
    PeerChange changed = turn.show(room, user, accept.status().detached());
    turn.effects().tell(open.peer(), new Answered(open.peerHandle(), true));
    turn.effects().done();
    turn.tellOfForeign(room, user, null);
    turn.tellMembers(room, accepted);
    turn.tellMembers(room, changed);
    turn.tellSubscribers(room, changed);
    turn.tellSubscribers(room, accepted);
  }
}
