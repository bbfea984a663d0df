package dev.parley.calling;

import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupAnswer.Refused;
import dev.parley.group.InvitationCommand.Accept;
import dev.parley.group.InvitationCommand.Deny;
import dev.parley.group.InvitationCommand.Invite;
import dev.parley.group.NamespaceCommand.Subscribe;
import dev.parley.group.NamespaceCommand.Unsubscribe;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.UserCommand;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the requests of a user: they are commands to groups, but for those that may concern
 * peers of other dialects. Event loop of the session only.
 *
 * @param presence shows all peers of the realm in a namespace; null if it is not configured
 */
record CallingRequestHandler(CallingGroupCommands groups, CallingForeignPeers peers,
    CallingForeignJoins joins, CallingIncomingCalls calls, CallingOutgoingSignals outgoing,
    @Nullable CallingForeignPresence presence) {

  /** Carries a request out; {@code answer} is called once, in its place among events. */
  void carryOut(UserCommand command, Consumer<GroupAnswer> answer) {
    switch (command) {
      case SendToMember message -> joins.send(
          message, answer, peer -> outgoing.send(peer, message));
      case Invite invite -> joins.invite(invite, answer);
      case Accept accept -> calls.accept(accept, answer);
      case Deny deny -> calls.deny(deny, answer);
      case Leave leave -> thenIfDone(leave, answer,
          () -> peers.all(each -> each.isIn(leave.room())).forEach(outgoing::hangUp));
      case Subscribe subscribe when presence != null -> thenIfDone(
          subscribe, answer, () -> presence.begin(subscribe.namespace()));
      case Unsubscribe unsubscribe when presence != null -> thenIfDone(
          unsubscribe, answer, () -> presence.end(unsubscribe.namespace()));
      default -> groups.ask(command, answer);
    }
  }

  private void thenIfDone(UserCommand command, Consumer<GroupAnswer> answer, Runnable then) {
    groups.ask(command, result -> {
      answer.accept(result);
      if (!(result instanceof Refused)) {
        then.run();
      }
    });
  }
}
