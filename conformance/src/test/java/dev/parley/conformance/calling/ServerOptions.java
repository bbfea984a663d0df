package dev.parley.conformance.calling;

import java.time.Duration;

/**
 * How a server is started.
 *
 * @param roomTimeout how long an empty room stays
 * @param silence how long a client may be silent before it is pinged
 * @param use servers that differ in this alone are different servers, for scenes that must be alone
 */
record ServerOptions(Duration roomTimeout, Duration silence, String use) {

  /** The default of most scenes: that of the original, longer than any scene. */
  static final ServerOptions SHARED =
      new ServerOptions(Duration.ofMinutes(10), Duration.ofSeconds(30), "shared");

  /** For scenes that wait for rooms to expire. */
  static final ServerOptions FORGETFUL =
      new ServerOptions(Duration.ofSeconds(3), SHARED.silence(), "forgetful");

  /** For scenes that wait for time-outs of silent clients. */
  static final ServerOptions IMPATIENT =
      new ServerOptions(SHARED.roomTimeout(), Duration.ofSeconds(2), "impatient");

  /** The usual ones, but a server of its own. */
  static ServerOptions alone(String scene) {
    return new ServerOptions(SHARED.roomTimeout(), SHARED.silence(), scene);
  }
}
