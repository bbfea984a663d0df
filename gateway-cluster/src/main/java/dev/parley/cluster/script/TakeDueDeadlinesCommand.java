package dev.parley.cluster.script;

import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes due deadlines of groups; see take-due.lua.
 *
 * @param most the most deadlines
 * @param againMillis when they are handed out again unless they have been removed
 */
public record TakeDueDeadlinesCommand(int most, long againMillis)
    implements Command<TakeDueDeadlinesCommand.DueDeadlines> {

  /**
   * Due deadlines.
   *
   * @param nextMillis time to the next one; empty if there are no more
   * @param due those due now
   */
  public record DueDeadlines(Optional<Long> nextMillis, List<Due> due) {}

  /**
   * One deadline.
   *
   * @param record the record it belongs to
   * @param what the command to run
   */
  public record Due(String record, String what) {}

  @Override
  public void write(Request call) {
    call.arg("take_due").arg(most).arg(againMillis);
  }

  @Override
  public DueDeadlines read(String result) {
    String[] words = result.split(" ");
    if (words.length % 2 == 0) {
      throw new IllegalArgumentException(result);
    }
    List<Due> due = new ArrayList<>();
    for (int i = 1; i < words.length; i += 2) {
      due.add(new Due(words[i], words[i + 1]));
    }
    return new DueDeadlines(
        words[0].equals("-") ? Optional.empty() : Optional.of(Long.parseLong(words[0])), due);
  }
}
