package dev.parley.peerolator;

import dev.parley.dialect.TextSink;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered.Cause;
import java.util.Locale;

/** Encodes messages to peers. */
final class PeerolatorEncoder {

  private PeerolatorEncoder() {}

  /** A message of the relay itself. */
  static void encode(PeerolatorRelayMessage message, TextSink out) {
    switch (message) {
      case PeerolatorRelayMessage.Hello(String to, String serverInfo, String iceServers) -> {
        head(PeerolatorRelayMessage.RELAY, to, "HELLO", out).ascii("{\"id\":").quoted(to);
        if (serverInfo != null) {
          out.ascii(",\"serverInfo\":").quoted(serverInfo);
        }
        if (iceServers != null) {
          out.ascii(",\"iceServers\":").ascii(iceServers);
        }
        out.ascii("}");
      }
      case PeerolatorRelayMessage.PeerJoined(String to, String peer) ->
          head(PeerolatorRelayMessage.RELAY, to, "PEER_JOINED", out).ascii("{\"id\":").quoted(peer)
              .ascii("}");
      case PeerolatorRelayMessage.PeerGone(String to, String peer) ->
          head(PeerolatorRelayMessage.RELAY, to, "PEER_GONE", out).ascii("{\"id\":").quoted(peer)
              .ascii("}");
      case PeerolatorRelayMessage.Unavailable lost -> {
        head(lost.peer(), lost.to(), "UNAVAILABLE", out).ascii("{\"id\":").quoted(lost.peer());
        if (lost.conversation() != null) {
          out.ascii(",\"conversation\":").quoted(lost.conversation());
        }
        out.ascii(",\"reason\":\"").ascii(word(lost.cause())).ascii("\"}");
      }
    }
    out.ascii("}");
  }

  private static String word(Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT);
  }

  /** A message of another peer, as it came. */
  static void relay(Signal signal, TextSink out) {
    head(signal.from().id(), signal.to().id(), signal.name(), out).utf8(signal.payload())
        .ascii("}");
  }

  /** Everything up to the value of {@code message}. */
  static TextSink head(String from, String to, String type, TextSink out) {
    return out.ascii("{\"from\":").quoted(from)
        .ascii(",\"to\":").quoted(to)
        .ascii(",\"type\":").quoted(type)
        .ascii(",\"message\":");
  }
}
