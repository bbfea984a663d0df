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
 * The session's commands to groups, one after the other, since a session has one under way at a
 * time: those that its client asks for, and those that follow from what peers of other dialects do.
 * Event loop of the session only.
 */
final class CallingGroupCommands {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Switchboard switchboard;
  private final Connection connection;
  /** One for the client at most, and one for each membership of a guest that is over. */
  private final Deque<Pending> waiting = new ArrayDeque<>(0);

  private boolean busy;

  private record Pending(UserCommand command, Consumer<GroupAnswer> answer) {}

  CallingGroupCommands(Switchboard switchboard, Connection connection) {
    this.switchboard = switchboard;
    this.connection = connection;
  }

  /** Asks for something; {@code answer} is called once. */
  void ask(UserCommand command, Consumer<GroupAnswer> answer) {
    if (busy) {
      waiting.add(new Pending(command, answer));
    } else {
      start(command, answer);
    }
  }

  /**
   * Says that a guest is there no longer; if groups cannot be reached now, again after a while.
   *
   * @param stands whether that is still so
   */
  void report(ForeignCommand over, BooleanSupplier stands) {
    ask(over, answer -> {
      if (answer instanceof GroupAnswer.Refused(Refusal refusal)
          && refusal == Refusal.UNAVAILABLE) {
        var unused = connection.after(PAUSE, () -> {
          if (stands.getAsBoolean()) {
            report(over, stands);
          }
        });
      }
    });
  }

  private void start(UserCommand command, Consumer<GroupAnswer> answer) {
    busy = true;
    switchboard.group(command, told -> {
      answer.accept(told);
      busy = false;
      Pending next = waiting.poll();
      if (next != null) {
        start(next.command(), next.answer());
      }
    });
  }
}
