package dev.parley.linkup;

import org.jspecify.annotations.Nullable;

/** What becomes of a signal of the client. */
sealed interface LinkupRoute {

  /**
   * It is sent.
   *
   * @param to the peer's own id
   * @param key the key of the conversation that it belongs to, for the other side; null if it needs
   *     none
   */
  record Send(String to, @Nullable String key) implements LinkupRoute {}

  /**
   * It is not: it would disturb a conversation that is coming about.
   *
   * @param dialect what the peer speaks
   */
  record Withhold(String dialect) implements LinkupRoute {}
}
