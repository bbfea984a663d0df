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
  private static final int FREE = 4096;

  /** So that the numbers of Lua, which have 53 bits, can be added to. */
  private static final int SPARE_BITS = 12;

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
        return Evaluation.Done.refused(refusal, turn.shortage());
      }
    } catch (MissingRecords missing) {
      return new Evaluation.Need(missing.keys());
    }
    return new Evaluation.Done(
        turn.ledger().changes(), turn.notices().all(), turn.notices().deadlines(),
        turn.notices().output(), turn.shortage().exhausted(), turn.shortage().asksForEviction());
  }

  /**
   * How far a counter may rise because of a command, whatever it is at by then. What gives something
   * up is never held back.
   *
   * @param key of a record that is counted, see {@link RecordKind#isCounted}
   */
  public long most(GroupCommand command, RecordKey key, String counter) {
    if (!Accounts.isBounded(command)) {
      return Long.MAX_VALUE >> SPARE_BITS;
    }
    if (key.kind() == RecordKind.NAMESPACE) {
      return limits.view().bytes();
    }
    return counter.equals(Rooms.ROOMS) ? limits.rooms() : limits.bytes().bytes();
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
    return Evaluation.Done.refused(refusal, new Shortage());
  }
}
