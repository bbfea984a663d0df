package dev.parley.conformance.calling;

import java.time.Duration;

/**
 * How a server is started.
 *
 * @param roomTimeout how long an empty room stays
 * @param use servers that differ in this alone are different servers, for scenes that must be alone
 */
record ServerOptions(Duration roomTimeout, String use) {

  /** The original's own. */
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  /** What most scenes share: nothing ends by itself. */
  static final ServerOptions SHARED = new ServerOptions(TEN_MINUTES, "shared");

  /** For scenes that wait for rooms to end. */
  static final ServerOptions FORGETFUL = new ServerOptions(Duration.ofSeconds(1), "forgetful");

  /** The usual ones, but a server of its own. */
  static ServerOptions alone(String scene) {
    return new ServerOptions(TEN_MINUTES, scene);
  }
}
