package dev.parley.cluster.script;

import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks for records of groups whose deadline has passed; see ripe.lua.
 *
 * @param most how many at most
 * @param againMillis when they are given out again if nobody does what is due
 */
public record RipeCommand(int most, long againMillis) implements Command<RipeCommand.Ripe> {

  /**
   * What is due.
   *
   * @param nextMillis when there will be more; empty if there are no more deadlines
   * @param due what is due now
   */
  public record Ripe(Optional<Long> nextMillis, List<Due> due) {}

  /**
   * One deadline.
   *
   * @param record whose
   * @param what is due
   */
  public record Due(String record, String what) {}

  @Override
  public void write(Request call) {
    call.arg("ripe").arg(most).arg(againMillis);
  }

  @Override
  public Ripe read(String result) {
    String[] words = result.split(" ");
    if (words.length % 2 == 0) {
      throw new IllegalArgumentException(result);
    }
    List<Due> due = new ArrayList<>();
    for (int i = 1; i < words.length; i += 2) {
      due.add(new Due(words[i], words[i + 1]));
    }
    return new Ripe(
        words[0].equals("-") ? Optional.empty() : Optional.of(Long.parseLong(words[0])), due);
  }
}
