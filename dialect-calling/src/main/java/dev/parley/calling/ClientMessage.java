package dev.parley.calling;

import dev.parley.signal.Bytes;

/** What a client says. */
sealed interface ClientMessage {

  /** A request whose fields are what they may be. */
  record Request(Bytes tid, Command command, Fields fields) implements ClientMessage {}

  /**
   * A request that cannot be carried out.
   *
   * @param error why
   */
  record Unfit(Bytes tid, String error) implements ClientMessage {}

  /**
   * Something that cannot be answered, as it has no tid.
   *
   * @param error why
   */
  record Malformed(String error) implements ClientMessage {}
}
