package dev.parley.linkup.legacy;

import dev.parley.dialect.TextSink;
import dev.parley.json.TextBuffer;
import dev.parley.signal.Bytes;
import java.util.function.Consumer;

/**
 * Writes what this node says in the channel. Brokers read it unguarded: anything but a JSON object
 * with type and data could end them.
 */
final class LinkupLegacyChannelEncoder {

  private LinkupLegacyChannelEncoder() {}

  /** Who knows this peer? */
  static Bytes find(String id) {
    return message("find", data -> data.ascii("\"id\":").quoted(id));
  }

  /** This node does, as early brokers say it. */
  static Bytes found(Bytes id) {
    return message("found", data -> data.ascii("\"id\":").utf8(id));
  }

  /** Whether this node does, as later brokers say it. */
  static Bytes found(Bytes id, boolean found) {
    return message(
        "found",
        data -> data.ascii("\"id\":").utf8(id).ascii(",\"found\":").ascii(String.valueOf(found)));
  }

  /** A signal for whoever has the recipient. */
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
