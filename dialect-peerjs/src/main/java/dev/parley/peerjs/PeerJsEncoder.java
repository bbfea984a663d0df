package dev.parley.peerjs;

import dev.parley.dialect.TextSink;
import dev.parley.signal.Signal;

/** Writes server messages, with their fields in PeerServer's order. */
final class PeerJsEncoder {

  private PeerJsEncoder() {}

  /** What the server itself says. */
  static void encode(ServerMessage message, TextSink out) {
    switch (message) {
      case ServerMessage.Open open -> out.ascii("{\"type\":\"OPEN\"}");
      case ServerMessage.IdTaken taken ->
          out.ascii("{\"type\":\"ID-TAKEN\",\"payload\":{\"msg\":\"ID is taken\"}}");
      case ServerMessage.Failure(String text) ->
          out.ascii("{\"type\":\"ERROR\",\"payload\":{\"msg\":").quoted(text).ascii("}}");
      case ServerMessage.Expire(String absent, String to) ->
          out.ascii("{\"type\":\"EXPIRE\",\"src\":").quoted(absent).ascii(",\"dst\":").quoted(to)
              .ascii("}");
    }
  }

  /** What another client says: exactly type, src, dst and, if there was one, payload. */
  static void relay(Signal signal, TextSink out) {
    out.ascii("{\"type\":\"")
        .ascii(signal.name())
        .ascii("\",\"src\":")
        .quoted(signal.from().id())
        .ascii(",\"dst\":")
        .quoted(signal.to().id());
    if (signal.payload().length() > 0) {
      out.ascii(",\"payload\":").utf8(signal.payload());
    }
    out.ascii("}");
  }
}
