package dev.parley.linkup;

import dev.parley.signal.Bytes;
import dev.parley.signal.Content;

/** What a client is told. */
sealed interface ServerMessage {

  /** How it is dressed. */
  Form form();

  /**
   * A request has been done.
   *
   * @param id the request's id, as it came
   * @param result what comes of it
   */
  record Done(Form form, Bytes id, Result result) implements ServerMessage {}

  /**
   * A request could not be done.
   *
   * @param id the request's id, as it came; the JSON value {@code null} if it had none
   * @param error why
   */
  record Failed(Form form, Bytes id, RpcError error) implements ServerMessage {}

  /** What another linkup client says, as it said it. */
  record Told(Form form, String from, String to, Bytes signal) implements ServerMessage {}

  /**
   * What a peer of another dialect says, in simple-peer's words.
   *
   * @param from what the peer is called here
   */
  record Translated(Form form, String from, String to, Content content) implements ServerMessage {}

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
