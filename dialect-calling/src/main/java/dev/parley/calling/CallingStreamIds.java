package dev.parley.calling;

import dev.parley.signal.Media;
import dev.parley.signal.Sdp;

/**
 * rtc-lib names its streams beside the description and leaves them without an id in it ({@code
 * a=msid:-}). Other libraries know a stream by nothing else, and get no track without one.
 */
final class CallingStreamIds {

  private static final String NONE = "msid:- ";
  private static final String SUPPLIED = "msid:parley ";

  private CallingStreamIds() {}

  /** The description with an id for the stream where it has none. */
  static Sdp supplied(Sdp sdp) {
    if (sdp.media() == Media.DATA) {
      return sdp;
    }
    String text = sdp.text();
    return text.contains(NONE) ? Sdp.of(text.replace(NONE, SUPPLIED)) : sdp;
  }
}
