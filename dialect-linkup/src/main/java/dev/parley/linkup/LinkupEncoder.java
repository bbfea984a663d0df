package dev.parley.linkup;

import dev.parley.dialect.TextSink;
import dev.parley.json.TextBuffer;
import dev.parley.linkup.LinkupServerMessage.Result;
import dev.parley.signal.Content;
import dev.parley.webrtc.CandidateJson;
import dev.parley.webrtc.DescriptionJson;

/**
 * Writes what clients are told, with the members in the original broker's order and {@code result}
 * and {@code error} always both there.
 */
final class LinkupEncoder {

  private LinkupEncoder() {}

  static void encode(LinkupServerMessage message, TextSink out) {
    switch (message) {
      case LinkupServerMessage.Done done -> {
        open(done.form(), out).ascii("\"id\":").utf8(done.id());
        out.ascii(done.form() == LinkupWireFormat.ENVELOPE ? ",\"message\":" : ",\"result\":");
        result(done.result(), out);
        out.ascii(",\"error\":null}");
      }
      case LinkupServerMessage.Failed failed -> {
        open(failed.form(), out).ascii("\"id\":").utf8(failed.id());
        if (failed.form() == LinkupWireFormat.ENVELOPE) {
          out.ascii(",\"message\":null,\"error\":").quoted(failed.error().message()).ascii("}");
        } else {
          out.ascii(",\"result\":null,\"error\":");
          error(failed.error(), out);
          out.ascii("}");
        }
      }
      case LinkupServerMessage.Told told -> {
        addressed(told.form(), told.from(), told.to(), out).utf8(told.signal()).ascii("}}");
      }
      case LinkupServerMessage.Translated told -> {
        addressed(told.form(), told.from(), told.to(), out);
        if (told.form() == LinkupWireFormat.ENVELOPE) {
          TextBuffer text = new TextBuffer();
          signal(told.content(), text);
          out.quoted(text.toString());
        } else {
          signal(told.content(), out);
        }
        out.ascii("}}");
      }
    }
  }

  private static TextSink open(LinkupWireFormat form, TextSink out) {
    return out.ascii(form == LinkupWireFormat.JSON_RPC_2 ? "{\"jsonrpc\":\"2.0\"," : "{");
  }

  /** Everything before the signal itself. */
  private static TextSink addressed(LinkupWireFormat form, String from, String to, TextSink out) {
    open(form, out)
        .ascii(
            form == LinkupWireFormat.ENVELOPE
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

  /** What simple-peer is to be fed with. */
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
      case Content.EndOfCandidates none -> throw unsayable(none);
      case Content.Bye bye -> throw unsayable(bye);
      case Content.Custom custom -> throw unsayable(custom);
    }
  }

  /** Feeding simple-peer with something that it does not know ends the connection. */
  private static IllegalArgumentException unsayable(Content content) {
    return new IllegalArgumentException(
        content.getClass().getSimpleName() + " cannot be said to a linkup client");
  }
}
