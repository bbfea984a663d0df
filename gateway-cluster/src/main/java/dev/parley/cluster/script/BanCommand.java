package dev.parley.cluster.script;

import io.vertx.redis.client.Request;

/**
 * Puts or lifts a ban; see ban.lua.
 *
 * @param subject whom it is about, as one line of text
 * @param ends when it ends, in milliseconds since 1970; 0 to lift it now
 * @param reason why, as one line of text
 * @param most the most bans
 */
public record BanCommand(String subject, long ends, String reason, int most)
    implements Command<BanCommand.Outcome> {

  /** The answer. */
  public enum Outcome {
    DONE,
    TOO_MANY,
    OUT_OF_MEMORY
  }

  @Override
  public void write(Request call) {
    call.arg("ban").arg(subject).arg(ends).arg(reason).arg(most);
  }

  @Override
  public Outcome read(String result) {
    return switch (result) {
      case "" -> Outcome.DONE;
      case "F" -> Outcome.TOO_MANY;
      case "M" -> Outcome.OUT_OF_MEMORY;
      default -> throw new IllegalArgumentException(result);
    };
  }

  @Override
  public int size() {
    return 160 + subject.length() + reason.length();
  }
}
