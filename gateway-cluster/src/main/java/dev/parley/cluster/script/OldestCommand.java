package dev.parley.cluster.script;

import dev.parley.cluster.script.TakeDueDeadlinesCommand.Due;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks for the oldest empty rooms of a realm; see oldest.lua.
 *
 * @param prefix the common prefix of the names of the realm's rooms
 * @param most the most rooms
 * @param looks the most deadlines to examine
 */
public record OldestCommand(String prefix, int most, int looks) implements Command<List<Due>> {

  @Override
  public void write(Request call) {
    call.arg("oldest").arg(prefix).arg(most).arg(looks);
  }

  @Override
  public List<Due> read(String result) {
    if (result.isEmpty()) {
      return List.of();
    }
    String[] words = result.split(" ");
    if (words.length % 2 != 0) {
      throw new IllegalArgumentException(result);
    }
    List<Due> due = new ArrayList<>();
    for (int i = 0; i < words.length; i += 2) {
      due.add(new Due(words[i], words[i + 1]));
    }
    return due;
  }
}
