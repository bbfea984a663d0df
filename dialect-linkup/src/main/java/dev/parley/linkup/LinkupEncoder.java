package dev.parley.linkup;

import dev.parley.dialect.TextSink;
import dev.parley.json.TextBuffer;
import dev.parley.linkup.LinkupServerMessage.Result;
import dev.parley.signal.Content;
import dev.parley.webrtc.CandidateJson;
import dev.parley.webrtc.DescriptionJson;

/**
 * Encodes messages to clients, with the members in the original broker's order and {@code result}
 * and {@code error} always both present.
 */
final class LinkupEncoder {

  private LinkupEncoder() {}

  static void encode(LinkupServerMessage message, TextSink out) {
    switch (message) {
      case LinkupServerMessage.Done done -> {
        open(done.format(), out).ascii("\"id\":").utf8(done.id());
        out.ascii(done.format() == LinkupWireFormat.ENVELOPE ? ",\"message\":" : ",\"result\":");
        result(done.result(), out);
        out.ascii(",\"error\":null}");
      }
      case LinkupServerMessage.Failed failed -> {
        open(failed.format(), out).ascii("\"id\":").utf8(failed.id());
        if (failed.format() == LinkupWireFormat.ENVELOPE) {
          out.ascii(",\"message\":null,\"error\":").quoted(failed.error().message()).ascii("}");
        } else {
          out.ascii(",\"result\":null,\"error\":");
          error(failed.error(), out);
          out.ascii("}");
        }
      }
      case LinkupServerMessage.Relayed relayed ->
          addressed(relayed.format(), relayed.from(), relayed.to(), out).utf8(relayed.signal())
              .ascii("}}");
      case LinkupServerMessage.Foreign foreign -> {
        addressed(foreign.format(), foreign.from(), foreign.to(), out);
        if (foreign.format() == LinkupWireFormat.ENVELOPE) {
          TextBuffer text = new TextBuffer();
          signal(foreign.content(), text);
          out.quoted(text.toString());
        } else {
          signal(foreign.content(), out);
        }
        out.ascii("}}");
      }
    }
  }

  private static TextSink open(LinkupWireFormat format, TextSink out) {
    return out.ascii(format == LinkupWireFormat.JSON_RPC_2 ? "{\"jsonrpc\":\"2.0\"," : "{");
  }

  /** Everything before the signal itself. */
  private static TextSink addressed(LinkupWireFormat format, String from, String to, TextSink out) {
    open(format, out)
        .ascii(
            format == LinkupWireFormat.ENVELOPE
                ? "\"message\":{\"type\":\"signal\",\"from\":"
                : "\"method\":\"signal\",\"params\":{\"from\":")
        .quoted(from);
    return out.ascii(",\"to\":").quoted(to).ascii(",\"signal\":");
  }

  private static void result(Result result, TextSink out) {
    switch (result) {
      case Result.Text(String text) -> out.quoted(text);
      case Result.Flag(boolean value) -> out.ascii(value ? "true" : "false");
      case Result.Nothing nothing -> out.ascii("null");
    }
  }

  private static void error(LinkupRpcError error, TextSink out) {
    out.ascii("{\"code\":")
        .ascii(Integer.toString(error.code()))
        .ascii(",\"message\":")
        .quoted(error.message());
    if (error.method() == null) {
      out.ascii(",\"data\":null}");
    } else {
      out.ascii(",\"data\":{\"method\":").quoted(error.method()).ascii("}}");
    }
  }

  /** A signal in the form of simple-peer. */
  private static void signal(Content content, TextSink out) {
    switch (content) {
      case Content.Offer offer -> DescriptionJson.write("offer", offer.sdp(), out);
      case Content.Answer answer -> DescriptionJson.write("answer", answer.sdp(), out);
      case Content.Candidate candidate -> {
        out.ascii("{\"type\":\"candidate\",\"candidate\":");
        CandidateJson.write(candidate.placed(), out);
        out.ascii("}");
      }
      case Content.Renegotiation request ->
          out.ascii("{\"type\":").quoted(request.type()).ascii(",").quoted(request.type())
              .ascii(":").utf8(request.detail()).ascii("}");
      case Content.EndOfCandidates none -> throw unencodable(none);
      case Content.Bye bye -> throw unencodable(bye);
      case Content.Custom custom -> throw unencodable(custom);
    }
  }

  /** simple-peer closes the connection on a signal that it does not know. */
  private static IllegalArgumentException unencodable(Content content) {
    return new IllegalArgumentException(
        content.getClass().getSimpleName() + " has no form in linkup");
  }
}
