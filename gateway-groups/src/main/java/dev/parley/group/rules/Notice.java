package dev.parley.group.rules;

import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupEvent;
import java.util.List;

/** Something that is said because of a command. */
public sealed interface Notice {

  /**
   * Users are told.
   *
   * @param users who, at least one, nobody twice
   */
  record Tell(List<String> users, GroupEvent event) implements Notice {}

  /** Whoever gave the command is answered. */
  record Answer(GroupAnswer answer) implements Notice {}
}
