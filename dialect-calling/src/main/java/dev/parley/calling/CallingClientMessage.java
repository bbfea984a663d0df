package dev.parley.calling;

import dev.parley.signal.Bytes;

/** What a client says. */
sealed interface CallingClientMessage {

  /** A request whose fields are what they may be. */
  record Request(Bytes tid, CallingCommand command, CallingFields fields) implements CallingClientMessage {}

  /**
   * A request that cannot be carried out.
   *
   * @param error why
   */
  record Unfit(Bytes tid, String error) implements CallingClientMessage {}

  /**
   * Something that cannot be answered, as it has no tid.
   *
   * @param error why
   */
  record Malformed(String error) implements CallingClientMessage {}
}
