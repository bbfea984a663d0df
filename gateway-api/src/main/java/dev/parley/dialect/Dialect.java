package dev.parley.dialect;

import java.util.Optional;

/**
 * One wire protocol: its paths, its codec, its session behaviour. One instance serves all event
 * loops of a node at once, so what it keeps for itself must be safe for concurrent use; what
 * belongs to one connection lives in its {@link Session}.
 */
public interface Dialect {

  /**
   * Declares the paths that the dialect serves, once for each place at which it is mounted.
   *
   * @param realm the realm that peers of this mount belong to
   * @param routes takes the declarations
   */
  void mount(String realm, Routes routes);

  /**
   * Whether every client comes through a proxy that is to be believed about the client's address,
   * even if the proxy is not among the trusted ones of the configuration.
   */
  default boolean isBehindProxy() {
    return false;
  }

  /**
   * Which web pages may read what the gateway itself answers at the dialect's HTTP paths, in place
   * of the dialect's handler; none if it is empty.
   */
  default Optional<Cors> cors() {
    return Optional.empty();
  }

  /** How sessions of other dialects understand what sessions of this one send. */
  default Interpreter interpreter() {
    return Interpreter.NONE;
  }

  /** How this dialect puts a close into words. */
  default CloseWords closeWords(CloseReason reason) {
    return CloseWords.of(reason);
  }
}
