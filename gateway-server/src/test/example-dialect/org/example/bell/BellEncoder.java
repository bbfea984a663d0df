package org.example.bell;

import dev.parley.dialect.TextSink;
import dev.parley.signal.Signal;

/** Writes what clients get. */
final class BellEncoder {

  private BellEncoder() {}

  static void answer(BellAnswer answer, TextSink out) {
    switch (answer) {
      case BellAnswer.Welcome(String id) -> object(out, "welcome", id);
      case BellAnswer.Taken(String id) -> object(out, "taken", id);
      case BellAnswer.Nobody(String peer) -> object(out, "nobody", peer);
      case BellAnswer.Refused(String what, String why) ->
          out.ascii("{\"refused\":").quoted(what).ascii(",\"why\":").quoted(why).ascii("}");
    }
  }

  /** The text is UTF-8 without quotes in the payload. */
  static void rung(Signal ring, TextSink out) {
    out.ascii("{\"rung\":")
        .quoted(ring.from().id())
        .ascii(",\"text\":")
        .quoted(ring.payload().text())
        .ascii("}");
  }

  private static void object(TextSink out, String field, String value) {
    out.ascii("{\"").ascii(field).ascii("\":").quoted(value).ascii("}");
  }
}
