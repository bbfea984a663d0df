package dev.parley.calling;

import dev.parley.group.GroupAnswer;
import dev.parley.signal.Bytes;

/**
 * What a client is told by its session; what happens in groups it is told as {@link
 * dev.parley.group.GroupEvent}.
 */
sealed interface CallingServerMessage {

  /** The client's id, and who is talking to it. */
  record Hello(String id, String server) implements CallingServerMessage {}

  /** To a request, said by groups. */
  record Answer(Bytes tid, GroupAnswer answer) implements CallingServerMessage {}

  /** To a request, said by the session itself: it is done. */
  record Done(Bytes tid) implements CallingServerMessage {}

  /** To a request: it cannot be carried out. */
  record Failure(Bytes tid, String error) implements CallingServerMessage {}

  /** To what was no request. */
  record Complaint(String error) implements CallingServerMessage {}

  /** Nothing was said for a while, and the client wants to know that somebody is there. */
  record Ping() implements CallingServerMessage {}
}
