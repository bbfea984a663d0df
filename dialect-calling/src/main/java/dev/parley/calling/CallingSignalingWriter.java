package dev.parley.calling;

import dev.parley.dialect.TextSink;
import dev.parley.group.RoomEvent.Said;
import dev.parley.json.TextBuffer;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.Sdp;
import org.jspecify.annotations.Nullable;

/** Writes contents of peers of other dialects as the events that rtc-lib's peers send. */
final class CallingSignalingWriter {

  private static final Bytes NULL = Bytes.utf8("null");

  private CallingSignalingWriter() {}

  static Said offer(String room, String from, Sdp sdp, CallingDescriptors beside) {
    return description(room, from, "offer", sdp, beside);
  }

  static Said answer(String room, String from, Sdp sdp, CallingDescriptors beside) {
    return description(room, from, "answer", sdp, beside);
  }

  private static Said description(
      String room, String from, String type, Sdp sdp, CallingDescriptors beside) {
    TextSink data = new TextBuffer();
    data.ascii("{\"sdp\":").utf8(sdp.json()).ascii(",\"type\":").quoted(type)
        .ascii(",\"streams\":").utf8(beside.streams())
        .ascii(",\"channels\":").utf8(beside.channels()).ascii("}");
    return new Said(room, from, CallingInterpreter.DESCRIPTION, Bytes.utf8(data.toString()));
  }

  /** With every field that a browser writes, {@code null} for unknown ones. */
  static Said candidate(String room, String from, Content.Candidate candidate) {
    Content.Candidate placed = candidate.placed();
    TextSink data = new TextBuffer();
    data.ascii("{\"candidate\":").quoted(placed.candidate());
    text(",\"sdpMid\":", placed.sdpMid(), data);
    data.ascii(",\"sdpMLineIndex\":")
        .ascii(placed.sdpMLineIndex() == null ? "null" : placed.sdpMLineIndex().toString());
    text(",\"usernameFragment\":", placed.fragment(), data);
    data.ascii("}");
    return new Said(room, from, CallingInterpreter.CANDIDATE, Bytes.utf8(data.toString()));
  }

  private static void text(String field, @Nullable String value, TextSink data) {
    data.ascii(field);
    if (value == null) {
      data.ascii("null");
    } else {
      data.quoted(value);
    }
  }

  static Said endOfCandidates(String room, String from) {
    return new Said(room, from, CallingInterpreter.CANDIDATE, NULL);
  }

  static Said custom(String room, String from, Content.Custom custom) {
    return new Said(
        room, from, custom.name(), custom.data().length() == 0 ? NULL : custom.data());
  }
}
