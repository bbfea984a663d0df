package dev.parley.cluster.script;

import io.vertx.redis.client.Request;
import java.util.List;

/**
 * Cleans up tombstones of evicted nodes, a few items at a time; see clean.lua.
 *
 * @param most the most items
 */
public record CleanCommand(int most) implements Command<CleanCommand.Cleaned> {

  /**
   * The work done.
   *
   * @param tombstones how many tombstones remain
   * @param done how many items were processed
   * @param returned the signals that were refused
   */
  public record Cleaned(int tombstones, int done, List<Label> returned) {}

  @Override
  public void write(Request call) {
    call.arg("clean").arg(most);
  }

  @Override
  public Cleaned read(String result) {
    String[] words = result.split(" ");
    if (words.length < 2) {
      throw new IllegalArgumentException(result);
    }
    return new Cleaned(
        Integer.parseInt(words[0]), Integer.parseInt(words[1]), ExpireMailCommand.labels(words, 2));
  }
}
