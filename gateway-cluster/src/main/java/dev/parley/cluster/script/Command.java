package dev.parley.cluster.script;

import io.vertx.redis.client.Request;

/**
 * A command that a node has Redis execute; the Lua file of the same name describes and implements
 * it. Knows only its arguments and how to parse its result. Immutable, so that it can be resent.
 *
 * @param <R> its result
 */
public sealed interface Command<R>
    permits BanCommand, BansCommand, HandOverCommand, EvictCommand, ClaimCommand, CleanCommand,
    CommitCommand,
    ExpireMailCommand,
    FindCommand, ListCommand, LoadCommand, LookCommand, OldestCommand, AbandonedUsersCommand,
    RefreshCommand,
    RefuseCommand, ReleaseCommand, TakeDueDeadlinesCommand, SendCommand, TrimCommand,
    UnwatchCommand,
    VerifyCommand, WatchCommand {

  /** Appends its name and its arguments to a call of the pipeline's script. */
  void write(Request call);

  /**
   * Parses its result.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  R read(String result);

  /** About its size in bytes within a call. */
  default int size() {
    return 160;
  }

  /** Parses a result that has only one possible value. */
  static <R> R only(String expected, String result, R meaning) {
    if (!result.equals(expected)) {
      throw new IllegalArgumentException(result);
    }
    return meaning;
  }
}
