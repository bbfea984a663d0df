package dev.parley.webrtc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.dialect.TextSink;
import dev.parley.signal.Content;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A candidate as JSON: an RTCIceCandidateInit, or {@code null} for the end of the candidates. */
public final class CandidateJson {

  private CandidateJson() {}

  /**
   * The {@link Content.Candidate} or {@link Content.EndOfCandidates} that {@code parser} is at the
   * start of; empty if it is neither. A candidate whose text is empty ends the candidates, too. The
   * parser goes on to the end of the value.
   */
  public static Optional<Content> read(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> readObject(parser);
      case VALUE_NULL -> Optional.of(new Content.EndOfCandidates());
      default -> {
        parser.skipChildren();
        yield Optional.empty();
      }
    };
  }

  private static Optional<Content> readObject(JsonParser parser) throws IOException {
    @Nullable String candidate = null;
    @Nullable String sdpMid = null;
    @Nullable Integer sdpMLineIndex = null;
    @Nullable String usernameFragment = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      boolean text = value == JsonToken.VALUE_STRING;
      switch (field) {
        case "candidate" -> candidate = text ? parser.getText() : null;
        case "sdpMid" -> sdpMid = text ? parser.getText() : null;
        case "usernameFragment" -> usernameFragment = text ? parser.getText() : null;
        case "sdpMLineIndex" -> sdpMLineIndex = index(parser);
        default -> {}
      }
      parser.skipChildren();
    }
    if (candidate == null) {
      return Optional.empty();
    }
    return Optional.of(
        candidate.isEmpty()
            ? new Content.EndOfCandidates()
            : new Content.Candidate(candidate, sdpMid, sdpMLineIndex, usernameFragment));
  }

  /** An unsigned short in the specification; what is none is as good as missing. */
  private static @Nullable Integer index(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      return null;
    }
    return switch (parser.getNumberType()) {
      case INT -> parser.getIntValue() >= 0 && parser.getIntValue() <= 0xFFFF
          ? parser.getIntValue()
          : null;
      default -> null;
    };
  }

  /** Writes a candidate; what it does not say is left out. */
  public static void write(Content.Candidate candidate, TextSink out) {
    out.ascii("{\"candidate\":").quoted(candidate.candidate());
    if (candidate.sdpMid() != null) {
      out.ascii(",\"sdpMid\":").quoted(candidate.sdpMid());
    }
    if (candidate.sdpMLineIndex() != null) {
      out.ascii(",\"sdpMLineIndex\":").ascii(Integer.toString(candidate.sdpMLineIndex()));
    }
    if (candidate.usernameFragment() != null) {
      out.ascii(",\"usernameFragment\":").quoted(candidate.usernameFragment());
    }
    out.ascii("}");
  }
}
