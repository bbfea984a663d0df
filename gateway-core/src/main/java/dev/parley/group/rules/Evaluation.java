package dev.parley.group.rules;

import java.util.List;
import java.util.Set;

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
   */
  record Done(List<Change> changes, List<Notice> notices, List<DeadlineChange> deadlines)
      implements Evaluation {}
}
