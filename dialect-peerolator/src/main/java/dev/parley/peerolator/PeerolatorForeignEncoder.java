package dev.parley.peerolator;

import dev.parley.dialect.TextSink;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.Media;
import dev.parley.signal.OfferHints;
import dev.parley.signal.Sdp;
import dev.parley.webrtc.CandidateJson;
import org.jspecify.annotations.Nullable;

/** Encodes signals of other dialects by the convention of {@link PeerolatorWebRtcMessage}. */
final class PeerolatorForeignEncoder {

  private PeerolatorForeignEncoder() {}

  static void encode(PeerolatorForeignMessage said, TextSink out) {
    switch (said.content()) {
      case Content.Offer(Sdp sdp, OfferHints terms) -> {
        head(said, "OFFER", out);
        description("offer", sdp, terms, out);
        conversation(said, out.ascii(","));
      }
      case Content.Answer(Sdp sdp, OfferHints terms) -> {
        head(said, "ANSWER", out);
        description("answer", sdp, terms, out);
        conversation(said, out.ascii(","));
      }
      case Content.Candidate candidate -> {
        head(said, "CANDIDATE", out).ascii("{\"candidate\":");
        CandidateJson.write(candidate.placed(), out);
        conversation(said, out.ascii(","));
      }
      case Content.EndOfCandidates end ->
          conversation(said, head(said, "CANDIDATE", out).ascii("{\"candidate\":null,"));
      case Content.Bye bye -> conversation(said, head(said, "BYE", out).ascii("{"));
      case Content.Renegotiation(String type, Bytes detail) -> {
        head(said, "RENEGOTIATE", out).ascii("{\"type\":").quoted(type);
        optional("detail", detail.length() == 0 ? null : detail, out);
        conversation(said, out.ascii(","));
      }
      case Content.Custom(String name, Bytes data) -> {
        head(said, name, out);
        if (data.length() == 0) {
          out.ascii("null");
        } else {
          out.utf8(data);
        }
      }
    }
    out.ascii("}");
  }

  private static TextSink head(PeerolatorForeignMessage said, String type, TextSink out) {
    return PeerolatorEncoder.head(said.from(), said.to(), type, out);
  }

  /** All members of a description but its conversation, which is the last. */
  private static void description(String type, Sdp sdp, OfferHints terms, TextSink out) {
    out.ascii("{\"type\":\"").ascii(type).ascii("\",\"sdp\":").utf8(sdp.json())
        .ascii(",\"media\":\"").ascii(media(sdp.media())).ascii("\"");
    optional("label", terms.label(), out);
    if (terms.reliable() != null) {
      out.ascii(",\"reliable\":").ascii(terms.reliable().toString());
    }
    optional("serialization", terms.serialization(), out);
    optional("metadata", terms.metadata(), out);
    optional("streams", terms.streams(), out);
    optional("channels", terms.channels(), out);
  }

  private static String media(Media media) {
    return switch (media) {
      case DATA -> "data";
      case MEDIA -> "media";
    };
  }

  private static void optional(String field, @Nullable String text, TextSink out) {
    if (text != null) {
      out.ascii(",\"").ascii(field).ascii("\":").quoted(text);
    }
  }

  private static void optional(String field, @Nullable Bytes value, TextSink out) {
    if (value != null) {
      out.ascii(",\"").ascii(field).ascii("\":").utf8(value);
    }
  }

  private static void conversation(PeerolatorForeignMessage said, TextSink out) {
    out.ascii("\"conversation\":").quoted(said.conversation()).ascii("}");
  }
}
