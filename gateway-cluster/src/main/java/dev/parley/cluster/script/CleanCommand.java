package dev.parley.cluster.script;

import io.vertx.redis.client.Request;
import java.util.List;

/**
 * Does a bit of the cleaning that dead nodes leave to others; see clean.lua.
 *
 * @param most how much at most
 */
public record CleanCommand(int most) implements Command<CleanCommand.Cleaned> {

  /**
   * What has been done.
   *
   * @param graves how many seats are still to be cleaned
   * @param done how much was done
   * @param returned the signals that were given back
   */
  public record Cleaned(int graves, int done, List<Label> returned) {}

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
        Integer.parseInt(words[0]), Integer.parseInt(words[1]), DueCommand.labels(words, 2));
  }
}
