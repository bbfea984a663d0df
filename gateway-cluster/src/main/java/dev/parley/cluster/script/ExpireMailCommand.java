package dev.parley.cluster.script;

import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Expires held signals that have waited too long in mailboxes; see due.lua.
 *
 * @param most the most bundles
 */
public record ExpireMailCommand(int most) implements Command<ExpireMailCommand.Ended> {

  /**
   * The work done.
   *
   * @param nextMillis time to the next deadline; empty if there is none
   * @param expired the signals that have expired
   */
  public record Ended(Optional<Long> nextMillis, List<Label> expired) {}

  @Override
  public void write(Request call) {
    call.arg("expire").arg(most);
  }

  @Override
  public Ended read(String result) {
    String[] words = result.split(" ");
    Optional<Long> next =
        words[0].equals("-") ? Optional.empty() : Optional.of(Long.parseLong(words[0]));
    return new Ended(next, labels(words, 1));
  }

  /** The labels from index {@code from} on. */
  static List<Label> labels(String[] words, int from) {
    List<Label> labels = new ArrayList<>();
    for (int i = from; i < words.length; i++) {
      Label.parse(words[i]).ifPresent(labels::add);
    }
    return labels;
  }
}
