package dev.parley.linkup;

import dev.parley.signal.Bytes;
import dev.parley.signal.SignalKind;
import org.jspecify.annotations.Nullable;

/** What a client sends (linkup's protocol text, "Messaging between broker and peer"). */
sealed interface LinkupClientMessage {

  /**
   * A request.
   *
   * @param format its wire format
   * @param id its id as it came, any JSON value; null for a notification, which has no reply
   * @param call the method and its parameters
   */
  record Request(LinkupWireFormat format, @Nullable Bytes id, Call call)
      implements LinkupClientMessage {

    /** The same without a reference to the message that it came in, to be kept. */
    Request detached() {
      Call kept = call instanceof Call.Send(String from, String to, SignalKind kind, Bytes signal)
          ? new Call.Send(from, to, kind, Bytes.EMPTY)
          : call;
      return new Request(format, id == null ? null : id.detached(), kept);
    }
  }

  /** A response, though the broker requests nothing; ignored. */
  record Answer() implements LinkupClientMessage {}

  /** Not a message of this protocol; the reply is an error whose id is null. */
  record Malformed(LinkupRpcError error) implements LinkupClientMessage {}

  /** The methods. */
  sealed interface Call {

    /** Replies {@code pong}. */
    record Ping() implements Call {}

    /** Whether a peer has this id: replies the id, or null (older clients). */
    record Find(String id) implements Call {}

    /** Whether a peer has this id: replies true or false (released clients). */
    record Exists(String id) implements Call {}

    /** Registers an id for the client. */
    record Register(String id) implements Call {}

    /** Releases the client's id. */
    record Unregister() implements Call {}

    /**
     * Sends a signal to another peer.
     *
     * @param from the id of the client, as it claims
     * @param to the id of the other peer
     * @param kind what it means to WebRTC
     * @param signal the signal as it came
     */
    record Send(String from, String to, SignalKind kind, Bytes signal) implements Call {}

    /** A request that is invalid. */
    record Flawed(LinkupRpcError error) implements Call {}
  }
}
