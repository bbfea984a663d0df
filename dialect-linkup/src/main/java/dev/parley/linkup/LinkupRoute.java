package dev.parley.linkup;

import org.jspecify.annotations.Nullable;

/** The route of a signal of the client. */
sealed interface LinkupRoute {

  /**
   * The signal is sent.
   *
   * @param to the peer's id
   * @param key the key of the conversation that it belongs to, for the other side; null if it needs
   *     none
   */
  record Send(String to, @Nullable String key) implements LinkupRoute {}

  /**
   * The signal is withheld: it would disturb a negotiation of the peer.
   *
   * @param dialect the dialect of the peer
   */
  record Withhold(String dialect) implements LinkupRoute {}
}
