package dev.parley.group.rules;

import dev.parley.group.Departure;
import dev.parley.group.ForeignCommand;
import dev.parley.group.GroupCommand;
import dev.parley.group.GroupLimits;
import dev.parley.group.InvitationCommand;
import dev.parley.group.NamespaceCommand;
import dev.parley.group.PresenceCommand;
import dev.parley.group.Refusal;
import dev.parley.group.RoomCommand;
import dev.parley.group.RoomDue;
import dev.parley.group.UserCommand;

/**
 * The state machine of groups. It has no state of its own: what a command does follows from the
 * command and the records alone, so that it can be asked again at any time, with more records or
 * with newer ones.
 *
 * @param limits how much there may be of everything
 */
public record GroupRules(GroupLimits limits) {

  /** What a command may have written to others for nothing: news of a few hundred bytes for ten. */
  public static final int FREE = 4096;

  /**
   * What comes of a command. Whoever runs it brings the records that are needed until it is done,
   * makes the changes if nothing that was read has changed meanwhile, and then says what is to be
   * said, in order.
   *
   * @param records those at hand; may be none
   */
  public Evaluation evaluate(GroupCommand command, Records records) {
    Turn turn = Turn.of(command.realm(), limits, records);
    try {
      switch (command) {
        case PresenceCommand presence -> new PresenceRules(turn).follow(presence);
        case RoomCommand room -> new RoomRules(turn).follow(room);
        case NamespaceCommand namespace -> new NamespaceRules(turn).follow(namespace);
        case InvitationCommand invitation -> new InvitationRules(turn).follow(invitation);
        case ForeignCommand foreign -> new ForeignRules(turn).follow(foreign);
        case Departure departure -> new PresenceRules(turn).depart(departure.user().id());
        case RoomDue due -> new RoomRules(turn).due(due);
      }
      Refusal refusal = new Accounts(turn, command).settle();
      if (refusal != null) {
        return Evaluation.Done.refused(refusal, turn.bounds());
      }
    } catch (MissingRecords missing) {
      return new Evaluation.Need(missing.keys());
    }
    return new Evaluation.Done(
        turn.ledger().changes(), turn.notices().all(), turn.notices().deadlines(),
        turn.notices().output(), turn.bounds().most(), turn.bounds().exhausted(),
        turn.bounds().asksForEviction());
  }

  /**
   * What the one who gave a command is to be charged for: what was written to others because of it,
   * beyond as much as it has sent itself and a share that is free.
   */
  public static long price(UserCommand command, Evaluation.Done done) {
    return Math.max(0, done.output() - command.weight() - FREE);
  }

  /** The command is refused by the hub that runs the rules. */
  public static Evaluation.Done refused(Refusal refusal) {
    return Evaluation.Done.refused(refusal, new Bounds());
  }
}
