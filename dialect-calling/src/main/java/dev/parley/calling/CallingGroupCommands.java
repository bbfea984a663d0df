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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The session's commands to groups, of which one at a time is under way: those of its client, and
 * those that follow from signals of peers of other dialects. Event loop of the session only.
 */
final class CallingGroupCommands {

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Switchboard switchboard;
  private final Connection connection;
  /** Bounded: one of the client, and one for each membership of a foreign peer that is over. */
  private final Deque<Pending> waiting = new ArrayDeque<>(0);

  private boolean busy;

  private record Pending(UserCommand command, Consumer<GroupAnswer> answer) {}

  CallingGroupCommands(Switchboard switchboard, Connection connection) {
    this.switchboard = switchboard;
    this.connection = connection;
  }

  /** Runs a command; {@code answer} is called once. */
  void ask(UserCommand command, Consumer<GroupAnswer> answer) {
    if (busy) {
      waiting.add(new Pending(command, answer));
    } else {
      start(command, answer);
    }
  }

  /**
   * Reports the end of a foreign membership; retries while groups are unavailable.
   *
   * @param stands whether the report is still true
   */
  void report(ForeignCommand over, BooleanSupplier stands) {
    ask(over, answer -> {
      if (answer instanceof GroupAnswer.Refused(Refusal refusal)
          && refusal == Refusal.UNAVAILABLE) {
        var unused = connection.after(RETRY, () -> {
          if (stands.getAsBoolean()) {
            report(over, stands);
          }
        });
      }
    });
  }

  private void start(UserCommand command, Consumer<GroupAnswer> answer) {
    busy = true;
    switchboard.group(command, result -> {
      answer.accept(result);
      busy = false;
      Pending next = waiting.poll();
      if (next != null) {
        start(next.command(), next.answer());
      }
    });
  }
}
