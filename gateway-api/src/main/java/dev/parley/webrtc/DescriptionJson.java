package dev.parley.webrtc;

import dev.parley.dialect.TextSink;
import dev.parley.json.JsonNames;
import dev.parley.json.JsonScanner;
import dev.parley.json.JsonScanner.Kind;
import dev.parley.json.MalformedJsonException;
import dev.parley.signal.Sdp;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON form of a session description: {@code {"type":…,"sdp":…}}, an RTCSessionDescriptionInit. */
public final class DescriptionJson {

  private static final JsonNames NAMES = JsonNames.of("sdp");

  private DescriptionJson() {}

  /**
   * Parses the {@code sdp} of the object at {@code scanner}; empty if it has none, or is no object
   * and then unread.
   */
  public static Optional<Sdp> read(JsonScanner scanner) throws MalformedJsonException {
    @Nullable Sdp sdp = null;
    if (scanner.beginObject()) {
      while (scanner.nextMember()) {
        if (scanner.name(NAMES).equals("sdp") && scanner.kind() == Kind.STRING) {
          sdp = Sdp.json(scanner.value());
        }
      }
    }
    return Optional.ofNullable(sdp);
  }

  /**
   * Writes a description.
   *
   * @param type {@code offer} or {@code answer}
   * @param sdp its text
   */
  public static void write(String type, Sdp sdp, TextSink out) {
    out.ascii("{\"type\":\"").ascii(type).ascii("\",\"sdp\":").utf8(sdp.json()).ascii("}");
  }
}
