package dev.parley.signal;

import dev.parley.fuzz.Check;
import dev.parley.fuzz.Draw;
import dev.parley.json.TextBuffer;
import dev.parley.webrtc.DescriptionJson;
import dev.parley.webrtc.UsernameFragments;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Session descriptions, as received JSON strings, and as texts. */
public final class SdpFuzz {

  private SdpFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Draw draw = new Draw(input);
    if (draw.truth()) {
      String json = "\"" + new String(draw.rest(), StandardCharsets.UTF_8) + "\"";
      if (Check.isJson(json)) {
        read(Sdp.json(Bytes.utf8(json)));
      }
    } else {
      byte[] rest = draw.rest();
      String text = new String(rest, StandardCharsets.UTF_8);
      Sdp sdp = Sdp.of(text);
      Check.same(text, sdp.text());
      read(sdp);
    }
  }

  private static void read(Sdp sdp) {
    Sdp plain = Sdp.of(sdp.text());
    Check.same(plain.text(), Sdp.json(plain.json()).text());
    Optional<String> id = sdp.sessionId();
    Check.same(id, plain.sessionId());
    Check.same(sdp.media(), plain.media());
    Check.same(sdp.usernameFragments(), plain.usernameFragments());
    Check.that(sdp.usernameFragments().size() <= 16, "more fragments than are meant");
    Check.same(new UsernameFragments(sdp.usernameFragments()), UsernameFragments.of(plain));
    TextBuffer written = new TextBuffer();
    DescriptionJson.write("offer", sdp, written);
    Check.isJson(Bytes.utf8(written.toString()));
  }
}
