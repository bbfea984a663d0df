package dev.parley.calling;

import dev.parley.dialect.Connection;
import dev.parley.dialect.Switchboard;
import dev.parley.group.ForeignCommand;
import dev.parley.group.GroupAnswer;
import dev.parley.group.Refusal;
import dev.parley.group.UserCommand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The session's commands to groups, one after the other, since a session has one under way at a
 * time: those that its client asks for, and those that follow from what peers of other dialects do.
 * Event loop of the session only.
 */
final class GroupCommands {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Switchboard switchboard;
  private final Connection connection;
  /** One for the client at most, and one for each membership of a guest that is over. */
  private final Deque<Pending> waiting = new ArrayDeque<>(0);

  private boolean busy;

  private record Pending(UserCommand command, Consumer<GroupAnswer> answer) {}

  GroupCommands(Switchboard switchboard, Connection connection) {
    this.switchboard = switchboard;
    this.connection = connection;
  }

  /** Asks for something; {@code answer} is called once. */
  void ask(UserCommand command, Consumer<GroupAnswer> answer) {
    waiting.add(new Pending(command, answer));
    if (!busy) {
      next();
    }
  }

  /** Says that a guest is there no longer; if groups cannot be reached now, again after a while. */
  void report(ForeignCommand over) {
    ask(over, answer -> {
      if (answer instanceof GroupAnswer.Refused(Refusal refusal)
          && refusal == Refusal.UNAVAILABLE) {
        var unused = connection.after(PAUSE, () -> report(over));
      }
    });
  }

  private void next() {
    @Nullable Pending first = waiting.poll();
    busy = first != null;
    if (first != null) {
      switchboard.group(first.command(), answer -> {
        first.answer().accept(answer);
        next();
      });
    }
  }
}
