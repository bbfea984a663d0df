package dev.parley.group.rules;

import dev.parley.group.GroupAnswer;
import dev.parley.group.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The result of evaluating a command with the records at hand. */
public sealed interface Evaluation {

  /** More records are needed. */
  record Need(Set<RecordKey> keys) implements Evaluation {}

  /**
   * The command is decided.
   *
   * @param changes changes of fields, each field once; to be committed atomically, and only if no
   *     record that was read, absent ones included, has changed
   * @param effects the effects, in order
   * @param deadlines changes of deadlines
   * @param output about how many bytes its effects write to all recipients
   * @param most upper limits for counters at commit, whatever their value is by then; other
   *     counters have no limit
   * @param exhausted counted records (see {@link RecordKind#isCounted}) that had no room for the
   *     command; if they may be outdated, the command should be evaluated again before this is
   *     committed
   * @param asksForEviction whether the command is refused, but would succeed after a few empty
   *     rooms are evicted
   */
  record Done(List<Change> changes, List<Effect> effects, List<DeadlineChange> deadlines,
      long output, Map<Counter, Long> most, Set<RecordKey> exhausted, boolean asksForEviction)
      implements Evaluation {

    /** The command is refused, and nothing changes. */
    static Done refused(Refusal refusal, Bounds bounds) {
      return new Done(List.of(), List.of(new Effect.Answer(new GroupAnswer.Refused(refusal))),
          List.of(), 0, Map.of(), bounds.exhausted(), bounds.asksForEviction());
    }

    /** Why the command is refused; null if it is not. */
    public @Nullable Refusal refusal() {
      return effects.size() == 1
          && effects.getFirst() instanceof Effect.Answer(GroupAnswer.Refused(Refusal refusal))
              ? refusal
              : null;
    }

    /** Whether the command creates a room. */
    public boolean makesRoom() {
      for (Change each : changes) {
        if (each.part() == FieldGroup.ROOM && each.value() != null) {
          return true;
        }
      }
      return false;
    }
  }
}
