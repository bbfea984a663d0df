package dev.parley.group.rules;

import dev.parley.group.GroupAnswer;
import dev.parley.group.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What comes of a command with the records at hand. */
public sealed interface Evaluation {

  /** It cannot be told yet: these records are needed too. */
  record Need(Set<RecordKey> keys) implements Evaluation {}

  /**
   * It is decided.
   *
   * @param changes what changes, each field once; to be made all at once or not at all, and only if
   *     every record that was read, absent ones included, is still as it was
   * @param notices what is said, in this order
   * @param deadlines what becomes of deadlines
   * @param output about how many bytes its notices write to all recipients
   * @param most how far counters may rise because of it, whatever they are at by then; those that
   *     are not in it may rise as far as they like
   * @param exhausted records of what is counted (see {@link RecordKind#isCounted}) in which there
   *     was no room for what the command would have liked; if they were not read just now, it is
   *     worth looking again before this is made good
   * @param asksForEviction whether it is refused, and is not if a few rooms that are empty are
   *     removed before their time
   */
  record Done(List<Change> changes, List<Notice> notices, List<DeadlineChange> deadlines,
      long output, Map<Counter, Long> most, Set<RecordKey> exhausted, boolean asksForEviction)
      implements Evaluation {

    /** The command is refused, and nothing changes. */
    static Done refused(Refusal refusal, Bounds bounds) {
      return new Done(List.of(), List.of(new Notice.Answer(new GroupAnswer.Refused(refusal))),
          List.of(), 0, Map.of(), bounds.exhausted(), bounds.asksForEviction());
    }

    /** Why the command is refused; null if it is not. */
    public @Nullable Refusal refusal() {
      return notices.size() == 1
          && notices.getFirst() instanceof Notice.Answer(GroupAnswer.Refused(Refusal refusal))
              ? refusal
              : null;
    }

    /** Whether there is a room that was not there before. */
    public boolean makesRoom() {
      for (Change each : changes) {
        if (each.part() == Part.ROOM && each.value() != null) {
          return true;
        }
      }
      return false;
    }
  }
}
