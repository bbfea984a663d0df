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
 * The state machine of groups. It is stateless: the evaluation of a command depends only on the
 * command and the records, so it can be repeated at any time, with more or newer records.
 *
 * @param limits the limits of groups
 */
public record GroupRules(GroupLimits limits) {

  /**
   * Bytes that a command may write to others free of charge: events of a few hundred bytes to ten
   * users.
   */
  public static final int FREE = 4096;

  /**
   * Evaluates a command. The caller supplies missing records until the command is decided, commits
   * the changes if no record that was read has changed meanwhile, and then emits the effects in
   * order.
   *
   * @param records the records at hand; may be none
   */
  public Evaluation evaluate(GroupCommand command, Records records) {
    EvaluationContext turn = EvaluationContext.of(command.realm(), limits, records);
    try {
      switch (command) {
        case PresenceCommand presence -> new PresenceRules(turn).follow(presence);
        case RoomCommand room -> new RoomRules(turn).follow(room);
        case NamespaceCommand namespace -> new NamespaceRules(turn).follow(namespace);
        case InvitationCommand invitation -> new InvitationRules(turn).follow(invitation);
        case ForeignCommand foreign -> new ForeignRules(turn).follow(foreign);
        case Departure departure -> new PresenceRules(turn).depart(departure);
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
        turn.overlay().changes(), turn.effects().all(), turn.effects().deadlines(),
        turn.effects().output(), turn.bounds().most(), turn.bounds().exhausted(),
        turn.bounds().asksForEviction());
  }

  /**
   * The bytes that a requester is charged for: those written to others because of its command,
   * beyond its own size and the free share.
   */
  public static long price(UserCommand command, Evaluation.Done done) {
    return Math.max(0, done.output() - command.weight() - FREE);
  }

  /** The weight of a realm in bytes, according to its record. */
  public static long bytes(GroupRecord realm) {
    Value.Count bytes = realm.value(FieldGroup.COUNTER, Rooms.BYTES);
    return bytes == null ? 0 : bytes.number();
  }

  /** A refusal by the hub that runs the rules. */
  public static Evaluation.Done refused(Refusal refusal) {
    return Evaluation.Done.refused(refusal, new Bounds());
  }
}
