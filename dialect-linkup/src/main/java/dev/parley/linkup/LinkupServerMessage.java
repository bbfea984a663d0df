package dev.parley.linkup;

import dev.parley.signal.Bytes;
import dev.parley.signal.Content;

/** What a client is told. */
sealed interface LinkupServerMessage {

  /** How it is dressed. */
  LinkupWireFormat form();

  /**
   * A request has been done.
   *
   * @param id the request's id, as it came
   * @param result what comes of it
   */
  record Done(LinkupWireFormat form, Bytes id, Result result) implements LinkupServerMessage {}

  /**
   * A request could not be done.
   *
   * @param id the request's id, as it came; the JSON value {@code null} if it had none
   * @param error why
   */
  record Failed(LinkupWireFormat form, Bytes id, LinkupRpcError error) implements LinkupServerMessage {}

  /** What another linkup client says, as it said it. */
  record Told(LinkupWireFormat form, String from, String to, Bytes signal) implements LinkupServerMessage {}

  /**
   * What a peer of another dialect says, in simple-peer's words.
   *
   * @param from what the peer is called here
   */
  record Translated(LinkupWireFormat form, String from, String to, Content content) implements LinkupServerMessage {}

  /** What comes of a request. */
  sealed interface Result {

    /** A text, as it is. */
    record Text(String text) implements Result {}

    /** Yes or no. */
    record Flag(boolean value) implements Result {}

    /** Nothing worth telling. */
    record Nothing() implements Result {}
  }
}
