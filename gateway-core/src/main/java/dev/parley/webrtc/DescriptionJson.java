package dev.parley.webrtc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.dialect.TextSink;
import dev.parley.json.JsonSource;
import dev.parley.signal.Bytes;
import dev.parley.signal.Sdp;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session description as JSON: {@code {"type":…,"sdp":…}}, an RTCSessionDescriptionInit. */
public final class DescriptionJson {

  private DescriptionJson() {}

  /**
   * The {@code sdp} of the object that {@code parser} is at the start of; empty if it is no object
   * or has none. The parser goes on to the end of the value.
   */
  public static Optional<Sdp> read(JsonParser parser, Bytes message) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return Optional.empty();
    }
    @Nullable Sdp sdp = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isSdp = parser.currentName().equals("sdp");
      if (parser.nextToken() == JsonToken.VALUE_STRING && isSdp) {
        sdp = Sdp.json(JsonSource.string(parser, message));
      }
      parser.skipChildren();
    }
    return Optional.ofNullable(sdp);
  }

  /**
   * Writes a description.
   *
   * @param type {@code offer} or {@code answer}
   * @param sdp what it says
   */
  public static void write(String type, Sdp sdp, TextSink out) {
    out.ascii("{\"type\":\"").ascii(type).ascii("\",\"sdp\":").utf8(sdp.json()).ascii("}");
  }
}
