package dev.parley.linkup;

import dev.parley.signal.Bytes;
import dev.parley.signal.Content;

/** What a client receives. */
sealed interface LinkupServerMessage {

  LinkupWireFormat format();

  /**
   * The result of a request.
   *
   * @param id the request's id, as it came
   */
  record Done(LinkupWireFormat format, Bytes id, Result result) implements LinkupServerMessage {}

  /**
   * The error of a request.
   *
   * @param id the request's id, as it came; the JSON value {@code null} if it had none
   */
  record Failed(LinkupWireFormat format, Bytes id, LinkupRpcError error)
      implements LinkupServerMessage {}

  /** A signal of another linkup client, as it came. */
  record Relayed(LinkupWireFormat format, String from, String to, Bytes signal)
      implements LinkupServerMessage {}

  /**
   * A signal of a peer of another dialect, in the form of simple-peer.
   *
   * @param from the name of the conversation
   */
  record Foreign(LinkupWireFormat format, String from, String to, Content content)
      implements LinkupServerMessage {}

  sealed interface Result {

    Result PONG = new Text("pong");
    Result NOTHING = new Nothing();

    record Text(String text) implements Result {}

    record Flag(boolean value) implements Result {}

    /** {@code null}. */
    record Nothing() implements Result {}
  }
}
