package dev.parley.cluster.script;

import io.vertx.redis.client.Request;

/**
 * An operation that a node asks of Redis; what it does is said in the file of its name beside this
 * package's scripts. Knows its arguments and how to read its result, and nothing else. Unchanging,
 * so that it can be sent again.
 *
 * @param <R> what comes of it
 */
public sealed interface Command<R>
    permits BequeathCommand, BuryCommand, ClaimCommand, CleanCommand, CommitCommand, DueCommand,
    FindCommand, ListCommand, LoadCommand, LookCommand, OldestCommand, OrphansCommand,
    RefreshCommand,
    RefuseCommand, ReleaseCommand, RipeCommand, SendCommand, TrimCommand, UnwatchCommand,
    VerifyCommand, WatchCommand {

  /** Puts its name and its arguments into a call of the lane's script. */
  void write(Request call);

  /**
   * What came of it.
   *
   * @throws IllegalArgumentException if this is no result of it
   */
  R read(String result);

  /** About how many bytes it takes in a call. */
  default int size() {
    return 160;
  }

  /** For a result that is always the same. */
  static <R> R only(String expected, String result, R meaning) {
    if (!result.equals(expected)) {
      throw new IllegalArgumentException(result);
    }
    return meaning;
  }
}
