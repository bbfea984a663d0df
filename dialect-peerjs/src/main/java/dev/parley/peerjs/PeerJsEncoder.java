package dev.parley.peerjs;

import dev.parley.dialect.TextSink;
import dev.parley.signal.Content;
import dev.parley.signal.Media;
import dev.parley.signal.OfferHints;
import dev.parley.signal.Signal;
import dev.parley.webrtc.CandidateJson;
import dev.parley.webrtc.DescriptionJson;
import java.util.Set;

/** Writes server messages, with their fields in PeerServer's order. */
final class PeerJsEncoder {

  private static final Set<String> SERIALIZATIONS =
      Set.of("binary", "binary-utf8", "json", "raw");

  private PeerJsEncoder() {}

  /** A message of the server itself. */
  static void encode(PeerJsServerMessage message, TextSink out) {
    switch (message) {
      case PeerJsServerMessage.Open open -> out.ascii("{\"type\":\"OPEN\"}");
      case PeerJsServerMessage.IdTaken taken ->
          out.ascii("{\"type\":\"ID-TAKEN\",\"payload\":{\"msg\":\"ID is taken\"}}");
      case PeerJsServerMessage.Failure(String text) ->
          out.ascii("{\"type\":\"ERROR\",\"payload\":{\"msg\":").quoted(text).ascii("}}");
      case PeerJsServerMessage.Expire(String absent, String to) ->
          out.ascii("{\"type\":\"EXPIRE\",\"src\":").quoted(absent).ascii(",\"dst\":").quoted(to)
              .ascii("}");
    }
  }

  /** A message of another client: exactly type, src, dst and, if there was one, payload. */
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

  /**
   * A signal of a peer of another dialect to {@code to}, in the form that a PeerJS client sends.
   *
   * @param serialization of an offer, unless the peer names another known one
   */
  static void foreign(
      PeerJsForeignMessage message, String to, PeerJsOfferSerialization serialization,
      TextSink out) {
    switch (message.content()) {
      case Content.Offer offer -> {
        open("OFFER", message, to, out).ascii(",\"payload\":{\"sdp\":");
        DescriptionJson.write("offer", offer.sdp(), out);
        about(message, out);
        terms(message, offer.terms(), serialization, out);
        out.ascii("}}");
      }
      case Content.Answer answer -> {
        open("ANSWER", message, to, out).ascii(",\"payload\":{\"sdp\":");
        DescriptionJson.write("answer", answer.sdp(), out);
        about(message, out);
        out.ascii("}}");
      }
      case Content.Candidate candidate -> {
        open("CANDIDATE", message, to, out).ascii(",\"payload\":{\"candidate\":");
        CandidateJson.write(candidate.placed(), out);
        about(message, out);
        out.ascii("}}");
      }
      case Content.Bye bye -> open("LEAVE", message, to, out).ascii("}");
      case Content.EndOfCandidates end -> throw unencodable(end);
      case Content.Renegotiation request -> throw unencodable(request);
      case Content.Custom custom -> throw unencodable(custom);
    }
  }

  private static TextSink open(String type, PeerJsForeignMessage message, String to, TextSink out) {
    out.ascii("{\"type\":\"").ascii(type).ascii("\",\"src\":").quoted(message.from());
    return out.ascii(",\"dst\":").quoted(to);
  }

  private static void about(PeerJsForeignMessage message, TextSink out) {
    out.ascii(",\"type\":\"")
        .ascii(message.media() == Media.MEDIA ? "media" : "data")
        .ascii("\",\"connectionId\":")
        .quoted(message.connectionId());
  }

  /**
   * PeerJS clients always send label, reliable and serialization of a data connection, and some
   * fail without them. The default of the label is the connectionId, as theirs is.
   */
  private static void terms(
      PeerJsForeignMessage message, OfferHints terms, PeerJsOfferSerialization serialization,
      TextSink out) {
    if (terms.metadata() != null) {
      out.ascii(",\"metadata\":").utf8(terms.metadata());
    }
    if (message.media() == Media.DATA) {
      String label = terms.label();
      out.ascii(",\"label\":")
          .quoted(label == null ? message.connectionId() : label)
          .ascii(
              Boolean.FALSE.equals(terms.reliable()) ? ",\"reliable\":false" : ",\"reliable\":true")
          .ascii(",\"serialization\":\"")
          .ascii(serialization(terms, serialization))
          .ascii("\"");
    }
  }

  /** The peer's own, if the library knows it: with an unknown one it makes no connection. */
  private static String serialization(OfferHints terms, PeerJsOfferSerialization otherwise) {
    String wanted = terms.serialization();
    return wanted != null && SERIALIZATIONS.contains(wanted) ? wanted : otherwise.word();
  }

  private static IllegalArgumentException unencodable(Content content) {
    return new IllegalArgumentException(
        content.getClass().getSimpleName() + " has no form in PeerJS");
  }
}
