package dev.parley.linkup.legacy;

import dev.parley.dialect.TextSink;
import dev.parley.json.TextBuffer;
import dev.parley.signal.Bytes;
import java.util.function.Consumer;

/**
 * Encodes what this node publishes. Brokers read it without checks: anything but a JSON object with
 * type and data could crash them.
 */
final class LinkupLegacyChannelEncoder {

  private LinkupLegacyChannelEncoder() {}

  /** A query for a peer. */
  static Bytes find(String id) {
    return message("find", data -> data.ascii("\"id\":").quoted(id));
  }

  /** A yes, in the form of early brokers. */
  static Bytes found(Bytes id) {
    return message("found", data -> data.ascii("\"id\":").utf8(id));
  }

  /** A yes or no, in the form of later brokers. */
  static Bytes found(Bytes id, boolean found) {
    return message(
        "found",
        data -> data.ascii("\"id\":").utf8(id).ascii(",\"found\":").ascii(String.valueOf(found)));
  }

  /** A signal to a peer of another broker. */
  static Bytes signal(String from, String to, Bytes signal) {
    return message(
        "signal",
        data -> data.ascii("\"from\":")
            .quoted(from)
            .ascii(",\"to\":")
            .quoted(to)
            .ascii(",\"signal\":")
            .utf8(signal));
  }

  private static Bytes message(String type, Consumer<TextSink> data) {
    TextBuffer text = new TextBuffer();
    text.ascii("{\"type\":\"").ascii(type).ascii("\",\"data\":{");
    data.accept(text);
    text.ascii("}}");
    return Bytes.utf8(text.toString());
  }
}
