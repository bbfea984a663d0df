package dev.parley.calling;

import dev.parley.group.GroupAnswer;
import dev.parley.signal.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What a session sends to its client, beside events of groups ({@link
 * dev.parley.group.GroupEvent}).
 */
sealed interface CallingServerMessage {

  /**
   * The first message to a client.
   *
   * @param id the client's id
   * @param server the name of the server
   * @param iceServers the STUN and TURN servers for the client, as JSON; null for none
   */
  record Hello(String id, String server, @Nullable String iceServers)
      implements CallingServerMessage {}

  /** The answer of groups to a request. */
  record Answer(Bytes tid, GroupAnswer answer) implements CallingServerMessage {}

  /** The answer of the session to a request: it is done. */
  record Done(Bytes tid) implements CallingServerMessage {}

  /** The answer to an invalid request. */
  record Failure(Bytes tid, String error) implements CallingServerMessage {}

  /** The answer to a message without tid. */
  record Complaint(String error) implements CallingServerMessage {}

  /** Nothing was sent for as long as the client has set. */
  record Ping() implements CallingServerMessage {}
}
