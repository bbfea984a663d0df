package dev.parley.linkup;

import dev.parley.signal.Bytes;
import dev.parley.signal.SignalKind;
import org.jspecify.annotations.Nullable;

/** What a client says (linkup's protocol text, "Messaging between broker and peer"). */
sealed interface LinkupClientMessage {

  /**
   * Something to be done.
   *
   * @param form how it is dressed
   * @param id its id as it came, any JSON value; null for a notification, which is not answered
   * @param call what is to be done
   */
  record Request(LinkupWireFormat form, @Nullable Bytes id, Call call) implements LinkupClientMessage {

    /** The same for keeping until it is answered: without the message that it came in. */
    Request detached() {
      Call kept = call instanceof Call.Send(String from, String to, SignalKind kind, Bytes signal)
          ? new Call.Send(from, to, kind, Bytes.EMPTY)
          : call;
      return new Request(form, id == null ? null : id.detached(), kept);
    }
  }

  /** An answer to something that nobody asked; ignored. */
  record Answer() implements LinkupClientMessage {}

  /** Not a message of this protocol; answered with an error whose id is null. */
  record Malformed(LinkupRpcError error) implements LinkupClientMessage {}

  /** What is to be done. */
  sealed interface Call {

    /** Is anybody there? */
    record Ping() implements Call {}

    /** Who has this id: the id, or null (older clients). */
    record Find(String id) implements Call {}

    /** Has anybody this id: true or false (released clients). */
    record Exists(String id) implements Call {}

    /** I want to be called so from now on. */
    record Register(String id) implements Call {}

    /** I want to be nobody. */
    record Unregister() implements Call {}

    /**
     * Tell another peer.
     *
     * @param from who the client says it is
     * @param to who is to be told
     * @param kind what it means to WebRTC
     * @param signal what it says, as it came
     */
    record Send(String from, String to, SignalKind kind, Bytes signal) implements Call {}

    /** What cannot be done. */
    record Flawed(LinkupRpcError error) implements Call {}
  }
}
