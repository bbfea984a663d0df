package dev.parley.group.rules;

import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupEvent;
import java.util.List;

/** An effect of a command. */
public sealed interface Effect {

  /**
   * Sends an event to users.
   *
   * @param users the recipients, at least one, each once
   */
  record Tell(List<String> users, GroupEvent event) implements Effect {}

  /** Answers the command. */
  record Answer(GroupAnswer answer) implements Effect {}
}
