package dev.parley.cluster.script;

import dev.parley.signal.PeerAddress;
import io.vertx.redis.client.Request;
import org.jspecify.annotations.Nullable;

/**
 * Claims an id; see claim.lua. That it was granted is also said, in its place, by an entry of the
 * inbox.
 *
 * @param address the id
 * @param number the registration
 * @param way on whose behalf
 * @param dialect what the session speaks
 * @param token lets a later session take over; null if none may
 */
public record ClaimCommand(
    PeerAddress address, long number, Way way, String dialect, @Nullable String token)
    implements Command<ClaimCommand.Verdict> {

  /** On whose behalf an id is claimed. */
  public enum Way {
    /** A session wants it, free or not. */
    ANY("n"),
    /** A session wants it if it can take it over. */
    TAKE_OVER_ONLY("f"),
    /**
     * The node wants it again, after a new epoch, for the session that has it. Another session that
     * has it by now came later, and keeps it, whatever its token.
     */
    KEEP("k"),
    /**
     * The same, when Redis may have forgotten the last of what it had confirmed: another session
     * that has it by what Redis knows may have lost it since, and gives way to the same token.
     */
    RESTORE("r");

    private final String letter;

    Way(String letter) {
      this.letter = letter;
    }
  }

  /** The answer. */
  public enum Verdict {
    GRANTED,
    TAKEN,
    NOT_OWNED,
    OUT_OF_MEMORY
  }

  @Override
  public void write(Request call) {
    call.arg("claim").arg(address.toString()).arg(number).arg(way.letter).arg(dialect)
        .arg(token == null ? "" : "=" + token);
  }

  @Override
  public Verdict read(String result) {
    return switch (result) {
      case "G" -> Verdict.GRANTED;
      case "T" -> Verdict.TAKEN;
      case "N" -> Verdict.NOT_OWNED;
      case "M" -> Verdict.OUT_OF_MEMORY;
      default -> throw new IllegalArgumentException(result);
    };
  }

  @Override
  public int size() {
    return 160 + address.id().length() + (token == null ? 0 : 2 * token.length());
  }

  /** Keeps the token out of logs. */
  @Override
  public String toString() {
    return "ClaimCommand[" + address + ", " + number + ", " + way + "]";
  }
}
