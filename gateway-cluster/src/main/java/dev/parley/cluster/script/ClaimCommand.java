package dev.parley.cluster.script;

import dev.parley.signal.PeerAddress;
import io.vertx.redis.client.Request;
import org.jspecify.annotations.Nullable;

/**
 * Claims an id; see claim.lua. A grant also appears in the inbox, in order with other entries.
 *
 * @param address the id
 * @param number the registration
 * @param way on whose behalf
 * @param dialect the dialect of the session
 * @param token allows a later session to take over; null to allow none
 */
public record ClaimCommand(
    PeerAddress address, long number, Way way, String dialect, @Nullable String token)
    implements Command<ClaimCommand.Verdict> {

  /** On whose behalf an id is claimed. */
  public enum Way {
    /** A session wants it, free or not. */
    ANY("n"),
    /** A session wants it only if it can take it over. */
    TAKE_OVER_ONLY("f"),
    /**
     * The rejoining node wants it for the session that owns it. Another session that owns it by now
     * claimed it later, and keeps it, even with the same token.
     */
    KEEP("k"),
    /**
     * As {@link #KEEP}, when Redis may have lost confirmed writes: the owner that Redis knows may
     * have lost the id since, and yields to the same token.
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
