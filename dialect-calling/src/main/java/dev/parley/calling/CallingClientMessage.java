package dev.parley.calling;

import dev.parley.signal.Bytes;

/** What a client sends. */
sealed interface CallingClientMessage {

  /** A valid request. */
  record Request(Bytes tid, CallingCommand command, CallingFields fields)
      implements CallingClientMessage {}

  /**
   * An invalid request.
   *
   * @param error why
   */
  record Unfit(Bytes tid, String error) implements CallingClientMessage {}

  /**
   * A message that cannot be answered, as it has no tid.
   *
   * @param error why
   */
  record Malformed(String error) implements CallingClientMessage {}
}
