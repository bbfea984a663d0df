package dev.parley.group.rules;

import dev.parley.group.GroupCommand;
import java.time.Duration;

/** A deadline is set or forgotten. Each record has one at most. */
public sealed interface DeadlineChange {

  /** The record whose deadline it is. */
  RecordKey key();

  /**
   * After a while a command is due, unless the deadline is set anew or cleared before.
   *
   * @param after how long from now, above 0
   */
  record Set(RecordKey key, Duration after, GroupCommand due) implements DeadlineChange {}

  /** Nothing is due any more. */
  record Clear(RecordKey key) implements DeadlineChange {}
}
