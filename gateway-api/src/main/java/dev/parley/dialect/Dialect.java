package dev.parley.dialect;

import java.util.Optional;

/**
 * One wire protocol: its paths, its codec, its session behaviour. One instance serves all event
 * loops of a node concurrently, so its own state must be thread-safe; the state of a connection
 * belongs in its {@link Session}.
 */
public interface Dialect {

  /**
   * Declares the paths that the dialect serves, once for each mount.
   *
   * @param realm the realm of the peers of this mount
   * @param routes receives the declarations
   */
  void mount(String realm, Routes routes);

  /**
   * Whether every client comes through a proxy that is trusted with the client's address, even if
   * it is not among the trusted proxies of the configuration.
   */
  default boolean isBehindProxy() {
    return false;
  }

  /**
   * Web pages that may read responses of the gateway itself at the dialect's HTTP paths, in place
   * of its handler; empty for none.
   */
  default Optional<Cors> cors() {
    return Optional.empty();
  }

  /** Translates signals of this dialect for sessions of other ones. */
  default Interpreter interpreter() {
    return Interpreter.NONE;
  }

  /** This dialect's close code and text for a reason. */
  default CloseWords closeWords(CloseReason reason) {
    return CloseWords.of(reason);
  }
}
