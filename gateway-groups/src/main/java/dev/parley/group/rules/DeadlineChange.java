package dev.parley.group.rules;

import dev.parley.group.RoomDue;
import java.time.Duration;

/** Sets or clears a deadline. A record has at most one. */
public sealed interface DeadlineChange {

  /** The record that the deadline belongs to. */
  RecordKey key();

  /**
   * A command becomes due after a while, unless the deadline is replaced or cleared before.
   *
   * @param after the time from now, above 0
   */
  record Set(RecordKey key, Duration after, RoomDue due) implements DeadlineChange {}

  /** Clears the deadline. */
  record Clear(RecordKey key) implements DeadlineChange {}
}
